using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Dns.Audit.Views;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Dns.Audit.Rules;

/// <summary>Whether the bare domain and its aliases lead to the redirector, and have no CNAME where none may be. Pure.</summary>
internal static class AddressRules
{
    /// <summary>Judges every different answer of the zones' servers.</summary>
    public static IEnumerable<SiteDnsFinding> Judge(AuditContext context)
    {
        foreach (var missing in context.Facts.MissingDomains)
        {
            yield return Missing(missing.Domain, missing.From);
        }

        foreach (var view in context.Facts.Redirected.Where(view => !context.IsInMissingDomain(view.Name)))
        {
            if (NameRules.Unheard(view) is { } unheard)
            {
                yield return unheard;
            }

            foreach (var (answer, from) in view.Distinct())
            {
                foreach (var finding in Judge(context, view, answer))
                {
                    yield return finding with { SeenFrom = from };
                }
            }
        }
    }

    private static SiteDnsFinding Missing(string domain, string? from) => new()
    {
        Code = DomainMissing,
        Severity = SiteDnsSeverity.Error,
        Name = domain,
        Seen = $"The registry has no name servers for {domain}: it is not registered, has expired, or has been put on hold.",
        SeenFrom = from is null ? [] : [from],
        Expected = $"{domain} is registered, and the registry names its name servers.",
        Request = $"Please look at the registration of {domain} at its registrar: the registry does not know the domain, or names no name servers for it. It may have to be renewed.",
    };

    private static IEnumerable<SiteDnsFinding> Judge(AuditContext context, NameView view, NameAnswer answer)
    {
        var site = context.Facts.Site;
        var ours = site.ApexRedirect ? context.Apex : null;
        if (answer.Cname is { } cname && view.Name.Equals(view.Zone))
        {
            yield return new SiteDnsFinding
            {
                Code = ApexCname,
                Severity = SiteDnsSeverity.Error,
                Name = view.Name.ToString(),
                Seen = $"{view.Name} is a CNAME to {cname.ToLower()}. A domain's own name must not be one: the CNAME hides its name servers and its mail servers (RFC 1034, section 3.6.2).",
                Expected = ours is null ? $"{view.Name} has no CNAME record." : $"{view.Name} has the A record {ours.ElasticIp}, and no CNAME record.",
                Request = ours is null
                    ? $"Please remove the CNAME record of {view.Name} itself; a domain's own name must not have one. Address records (A and AAAA) may stand in its place."
                    : Ask(context, view, $"Please remove the CNAME record of {view.Name} itself, which a domain's own name must not have, and set in its place:", ours, both: true),
            };
            yield break;
        }

        if (ours is null)
        {
            yield break;
        }

        // Where a CNAME may be, what it leads to is what counts; a broken one is the business of the chain's rules.
        var addresses = answer.Cname is null ? answer.Addresses.ToList() : view.Chain.LeadsOver(answer.Cname) ? [.. view.Chain.Addresses] : [];
        if (answer.Cname is not null && view.Chain.End != ChainEnd.Address)
        {
            yield break;
        }

        foreach (var finding in JudgeV4(context, view, answer, ours, Of(addresses, AddressFamily.InterNetwork)).Concat(JudgeV6(context, view, answer, ours, Of(addresses, AddressFamily.InterNetworkV6))))
        {
            yield return finding;
        }
    }

    private static IEnumerable<SiteDnsFinding> JudgeV4(AuditContext context, NameView view, NameAnswer answer, ApexSettings ours, List<IPAddress> seen)
    {
        var expected = $"The A record of {view.Name} is {ours.ElasticIp}, and there is no other.";
        if (seen.Count == 0)
        {
            yield return new SiteDnsFinding
            {
                Code = AddressMissing,
                Severity = SiteDnsSeverity.Error,
                Name = view.Name.ToString(),
                Seen = answer.Exists ? $"{view.Name} has no A record." : $"The name {view.Name} does not exist.",
                Expected = expected,
                Request = Ask(context, view, $"Please add this record for {view.Name}:", ours, both: false),
            };
        }
        else if (AddressSet.Strangers(seen, ours.ElasticIp) is { Count: > 0 } strangers)
        {
            var some = strangers.Count < seen.Count;
            yield return new SiteDnsFinding
            {
                Code = AddressElsewhere,
                Severity = SiteDnsSeverity.Error,
                Name = view.Name.ToString(),
                Seen = some
                    ? $"The A records of {view.Name} lead some visitors to {AddressSet.Text(strangers)} besides {ours.ElasticIp}."
                    : $"The A record of {view.Name} is {AddressSet.Text(strangers)}.",
                Expected = expected,
                Request = Ask(
                    context,
                    view,
                    $"Please remove the A record{(strangers.Count > 1 ? "s" : "")} {AddressSet.Text(strangers)} of {view.Name}, {(some ? "and leave only" : "and set in the same step")}:",
                    ours,
                    both: false),
            };
        }
    }

    private static IEnumerable<SiteDnsFinding> JudgeV6(AuditContext context, NameView view, NameAnswer answer, ApexSettings ours, List<IPAddress> seen)
    {
        var strangers = AddressSet.Strangers(seen, ours.ElasticIpV6);
        if (strangers.Count > 0)
        {
            yield return new SiteDnsFinding
            {
                Code = AddressV6Elsewhere,
                Severity = SiteDnsSeverity.Error,
                Name = view.Name.ToString(),
                Seen = $"The AAAA record of {view.Name} is {AddressSet.Text(strangers)}: visitors with IPv6 go there.",
                Expected = ours.ElasticIpV6 is { } address ? $"The AAAA record of {view.Name} is {address}." : $"{view.Name} has no AAAA record.",
                Request = ours.ElasticIpV6 is { } wanted
                    ? RequestText.With(
                        $"Please remove the AAAA record {AddressSet.Text(strangers)} of {view.Name}, and set in its place:",
                        RequestText.Record(view.Name, context.WantedTtl, "AAAA", wanted))
                    : $"Please remove the AAAA record {AddressSet.Text(strangers)} of {view.Name}; there is no IPv6 address to put in its place.",
            };
        }
        else if (ours.ElasticIpV6 is { } wanted && seen.Count == 0 && answer.Exists)
        {
            yield return new SiteDnsFinding
            {
                Code = AddressV6Missing,
                Severity = SiteDnsSeverity.Warning,
                Name = view.Name.ToString(),
                Seen = $"{view.Name} has no AAAA record.",
                Expected = $"The AAAA record of {view.Name} is {wanted}.",
                Request = RequestText.With($"Please add this record for visitors of {view.Name} with IPv6:", RequestText.Record(view.Name, context.WantedTtl, "AAAA", wanted)),
            };
        }
    }

    private static string Ask(AuditContext context, NameView view, string sentence, ApexSettings ours, bool both)
    {
        var v4 = RequestText.Record(view.Name, context.WantedTtl, "A", ours.ElasticIp);
        return both && ours.ElasticIpV6 is { } v6
            ? RequestText.With(sentence, v4, RequestText.Record(view.Name, context.WantedTtl, "AAAA", v6))
            : RequestText.With(sentence, v4);
    }

    private static List<IPAddress> Of(IEnumerable<IPAddress> addresses, AddressFamily family) =>
        addresses.Where(address => address.AddressFamily == family).ToList();
}
