using System.Buffers.Binary;
using HostingOps.Engine.Dns.Audit.Views;
using HostingOps.Engine.Dns.Audit.Walk;
using HostingOps.Engine.Dns.Wire;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Dns.Audit.Rules;

/// <summary>Whether public resolvers give the answers of the zones' own servers. Pure.</summary>
internal static class ResolverRules
{
    // RFC 8914 §4: the codes by which a resolver says that DNSSEC is why it fails.
    private static readonly HashSet<ushort> DnssecCodes = [1, 2, 5, 6, 7, 8, 9, 10, 11, 12];

    /// <summary>Judges every resolver's answers.</summary>
    public static IEnumerable<SiteDnsFinding> Judge(AuditContext context)
    {
        var answers = context.Facts.Resolvers;
        foreach (var silent in answers.Where(static answer => answer.Message is null).GroupBy(static answer => answer.Resolver))
        {
            yield return new SiteDnsFinding
            {
                Code = ResolverSilent,
                Severity = SiteDnsSeverity.Warning,
                Name = context.Facts.Site.Domain,
                Seen = $"The resolver {silent.Key} {silent.First().Problem}.",
                SeenFrom = [silent.Key],
                Expected = "The resolvers that are asked answer; this one's silence says nothing about the domain.",
            };
        }

        foreach (var name in answers.Where(static answer => answer.Message is not null).GroupBy(static answer => answer.Name))
        {
            foreach (var finding in Failures(context, name.Key, [.. name]).Concat(Behind(context, name.Key, [.. name])))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<SiteDnsFinding> Failures(AuditContext context, DnsName name, List<ResolverAnswer> answers)
    {
        // Each resolver once, by the worst that it says: one that fails for IPv6 alone fails too.
        var view = context.Facts.Redirected.Append(context.Facts.Www).First(view => view.Name.Equals(name));
        var isSigned = view.Chain.Hops.Select(static hop => hop.Zone).Append(view.Zone).Any(zone => context.ZoneNamed(zone) is { IsSigned: true });
        var worst = answers
            .OrderBy(answer => IsDnssec(answer, isSigned) ? 0 : HasAnswer(answer.Message) ? 2 : 1)
            .DistinctBy(static answer => answer.Resolver)
            .ToList();
        var broken = worst.Where(answer => IsDnssec(answer, isSigned)).ToList();
        if (broken.Count > 0)
        {
            var zone = view.Zone;
            var oursAlone = context.ZoneNamed(zone) is { IsSigned: false } && context.Facts.Zones.Any(static own => own is { IsOurs: true, IsSigned: true });
            yield return new SiteDnsFinding
            {
                Code = DnssecBroken,
                Severity = SiteDnsSeverity.Error,
                Name = name.ToString(),
                Seen = $"Resolvers that check DNSSEC refuse {name}, and answer when they are told not to check: {string.Join("; ", broken.Select(Say))}.",
                SeenFrom = broken.Select(static answer => answer.Resolver).ToList(),
                Expected = $"{name} is either signed in a way that resolvers can check, or not signed at all.",
                Request = oursAlone
                    ? null
                    : $"Please have the DNSSEC of {zone ?? name} repaired: public resolvers ({string.Join(", ", broken.Select(static answer => answer.Resolver))}) reject its signatures, so that many visitors can't reach the domain. If that takes long, please have the DS records removed at the registrar.",
            };
        }

        var failing = worst.Except(broken).Where(static answer => !HasAnswer(answer.Message)).ToList();
        if (failing.Count > 0)
        {
            yield return new SiteDnsFinding
            {
                Code = ResolverFails,
                Severity = SiteDnsSeverity.Warning,
                Name = name.ToString(),
                Seen = $"Resolvers fail on {name}: {string.Join("; ", failing.Select(Say))}.",
                SeenFrom = failing.Select(static answer => answer.Resolver).ToList(),
                Expected = "Resolvers find an answer.",
            };
        }
    }

    // A failure may pass before the repeat, which then finds an answer in any case: where nothing is signed, DNSSEC is not why.
    private static bool IsDnssec(ResolverAnswer answer, bool isSigned) =>
        answer.Message!.ResponseCode == DnsResponseCode.ServerFailure && HasAnswer(answer.Unchecked)
        && (isSigned || DnsExtendedError.Of(answer.Message).Any(static error => DnssecCodes.Contains(error.Code)));

    private static IEnumerable<SiteDnsFinding> Behind(AuditContext context, DnsName name, List<ResolverAnswer> answers)
    {
        var stale = answers.Where(static answer => HasAnswer(answer.Message))
            .Select(answer => (answer.Resolver, Stale: Stale(context, name, answer)))
            .Where(static entry => entry.Stale is not null)
            .DistinctBy(static entry => entry.Resolver)
            .ToList();
        if (stale.Count > 0)
        {
            var longest = stale.Max(static entry => entry.Stale!.Value.Seconds);
            yield return new SiteDnsFinding
            {
                Code = ResolverBehind,
                Severity = SiteDnsSeverity.Warning,
                Name = name.ToString(),
                Seen = FormattableString.Invariant($"Resolvers still have something else than the zone's own name servers: {string.Join("; ", stale.Select(static entry => $"{entry.Resolver} says {entry.Stale!.Value.Text}, for {entry.Stale.Value.Seconds} s more"))}."),
                SeenFrom = stale.Select(static entry => entry.Resolver).ToList(),
                Expected = FormattableString.Invariant($"Resolvers have the present answer, at the latest in {longest} s."),
            };
        }
    }

    /// <summary>What a resolver has that no server of the zone says, with the seconds that it may keep it; null when it has caught up.</summary>
    private static (string Text, uint Seconds)? Stale(AuditContext context, DnsName name, ResolverAnswer answer)
    {
        var view = context.Facts.Redirected.Append(context.Facts.Www).First(view => view.Name.Equals(name));
        if (Difference(view, answer) is { } different)
        {
            return different;
        }

        // A resolver gives the whole chain: our own record is judged where it stands in it.
        var record = context.Facts.Record;
        return answer.Message!.Answers.Any(own => own.Name.Equals(record.Name)) && record.Heard.Any() && !name.Equals(record.Name)
            ? Difference(record, answer)
            : null;
    }

    private static (string Text, uint Seconds)? Difference(NameView view, ResolverAnswer answer)
    {
        var said = new NameAnswer { From = answer.Resolver }.With(answer.Message!, view.Name);
        if (view.Heard.Any(own => Same(own, said, answer.Type)))
        {
            return null;
        }

        var told = said.Cname is not null || said.Addresses.Any();
        var text = view.Name.Equals(answer.Name) ? said.ToString() : $"{view.Name} is {said}";
        return (told || answer.Type == DnsRecordType.A ? text : "no IPv6 address", told ? said.Ttl : NegativeTtl(answer.Message!));
    }

    // Only what was asked for is compared: a question for A says nothing of AAAA.
    private static bool Same(NameAnswer own, NameAnswer said, DnsRecordType type) =>
        Equals(own.Cname, said.Cname)
        && (own.Cname is not null || (type == DnsRecordType.A ? own.V4.ToHashSet().SetEquals(said.V4) : own.V6.ToHashSet().SetEquals(said.V6)));

    // RFC 2308 §5: what a "no" may be kept for.
    private static uint NegativeTtl(DnsMessage message) =>
        message.Authorities.FirstOrDefault(static record => record.Type == DnsRecordType.SOA) is { } authority
            ? Math.Min(authority.Ttl, BinaryPrimitives.ReadUInt32BigEndian(authority.Data.Bytes.Span[^4..]))
            : 0;

    private static bool HasAnswer(DnsMessage? message) => message is { ResponseCode: DnsResponseCode.NoError or DnsResponseCode.NameError };

    private static string Say(ResolverAnswer answer)
    {
        var extended = DnsExtendedError.Of(answer.Message!);
        return $"{answer.Resolver} {ServerText.WhyLame(answer.Message!)}{(extended.Count > 0 ? $" ({string.Join("; ", extended)})" : "")}";
    }
}
