using HostingOps.Engine.Dns.Audit.Views;
using HostingOps.Engine.Dns.Audit.Walk;
using HostingOps.Engine.Dns.Wire;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Dns.Audit.Rules;

/// <summary>Whether CAA records let our certificate authority issue (RFC 8659 §4). Pure.</summary>
internal static class CaaRules
{
    private static readonly HashSet<string> KnownTags = new(StringComparer.Ordinal)
        { "issue", "issuewild", "iodef", "contactemail", "contactphone", "issuemail", "issuevmc" };

    // RFC 8657: only this account, only this way of proving.
    private static readonly string[] Conditions = ["accounturi", "validationmethods"];

    /// <summary>Judges the records that count for each name; what several names share is told once.</summary>
    public static IEnumerable<SiteDnsFinding> Judge(AuditContext context) =>
        context.Facts.Caa.Where(view => !context.IsInMissingDomain(view.Name)).SelectMany(view => Judge(context, view))
            .GroupBy(static finding => (finding.Code, finding.Name, finding.Seen))
            .Select(static group => group.First());

    /// <summary>Whether any of the authorities may issue by these records, for the name itself and, if wanted, for its wildcard.</summary>
    /// <param name="properties">The records that count.</param>
    /// <param name="authorities">The authorities' names.</param>
    /// <param name="wildcard">Whether a wildcard is wanted too.</param>
    public static bool Allows(IReadOnlyList<CaaProperty> properties, IReadOnlyList<string> authorities, bool wildcard) =>
        authorities.Any(authority => Governing(properties, isWildcard: false).All(tag => Names(tag, authority))
            && (!wildcard || Governing(properties, isWildcard: true).All(tag => Names(tag, authority))));

    private static IEnumerable<SiteDnsFinding> Judge(AuditContext context, CaaView view)
    {
        if (view.Problem is { } problem)
        {
            yield return new SiteDnsFinding
            {
                Code = CaaUnknown,
                Severity = SiteDnsSeverity.Unknown,
                Name = view.Name.ToString(),
                Seen = $"The CAA records that count for {view.Name} could not be read; an authority must not issue then. {problem}.",
                SeenFrom = view.From is { } who ? [who] : [],
                Expected = "Every name server answers questions for CAA records, if only that there are none.",
            };
        }

        if (view.FoundAt is not { } at)
        {
            yield break;
        }

        var authorities = context.Settings.CertificateAuthorities;
        var wanted = string.Join(" or ", authorities);

        // What a CNAME leads to is often another's.
        var site = context.Facts.Site;
        var isClients = site.Aliases.Prepend(site.Domain).Any(domain => at.IsAtOrBelow(DnsName.Parse(domain))) || (view.Name.IsAtOrBelow(at) && !RegistryZone.Is(at));
        var mayAsk = isClients && !at.IsAtOrBelow(DnsName.Parse(site.Zone));
        var finding = new SiteDnsFinding
        {
            Code = CaaForbids,
            Severity = SiteDnsSeverity.Error,
            Name = at.ToString(),
            Seen = "",
            SeenFrom = view.From is { } from ? [from] : [],
            Expected = $"The CAA records of {at} let {wanted} issue, or there are none.",
        };
        var shown = string.Join(", ", view.Properties.Select(static property => property.ToString()));
        if (view.Properties.FirstOrDefault(static property => property.IsCritical && !KnownTags.Contains(property.Tag)) is { } critical)
        {
            yield return finding with
            {
                Code = CaaCritical,
                Seen = $"The CAA record {critical} of {at} is marked critical, and authorities do not know its kind: none may issue a certificate.",
                Request = mayAsk ? $"Please remove the CAA record {critical} of {at}, or clear its critical flag (write 0 for 128)." : null,
            };
        }

        if (!Allows(view.Properties, authorities, context.Settings.WildcardCertificates))
        {
            var tags = context.Settings.WildcardCertificates && view.Properties.Any(static property => property.Tag == "issuewild") ? new[] { "issue", "issuewild" } : ["issue"];
            yield return finding with
            {
                Seen = $"The CAA records of {at} ({shown}) let only others issue certificates, and not {wanted}.",
                Request = mayAsk && authorities.Count > 0
                    ? RequestText.With(
                        $"Please add to the CAA records of {at}, so that the website's certificate can be renewed; a record that forbids all authorities (a lone \";\") has to go:",
                        [.. tags.Select(tag => RequestText.Record(at, context.WantedTtl, "CAA", $"0 {tag} \"{authorities[0]}\""))])
                    : null,
            };
        }
        else if (Conditional(view.Properties, authorities) is { } conditional)
        {
            yield return finding with
            {
                Code = CaaRestricted,
                Severity = SiteDnsSeverity.Warning,
                Seen = $"The CAA record {conditional} of {at} lets {wanted} issue under conditions; make sure that ours is the account, and the way, that it names.",
                Expected = $"The CAA records of {at} let {wanted} issue without conditions, or those are met.",
            };
        }
    }

    // RFC 8659 §4.3: issuewild goes before issue for wildcards. A list without either restricts nothing.
    private static List<List<CaaProperty>> Governing(IReadOnlyList<CaaProperty> properties, bool isWildcard)
    {
        var wild = properties.Where(static property => property.Tag == "issuewild").ToList();
        var plain = properties.Where(static property => property.Tag == "issue").ToList();
        var governing = isWildcard && wild.Count > 0 ? wild : plain;
        return governing.Count > 0 ? [governing] : [];
    }

    private static bool Names(IEnumerable<CaaProperty> properties, string authority) => properties.Any(property => IsFor(property, authority));

    private static bool IsFor(CaaProperty property, string authority) =>
        string.Equals(property.Value.Split(';')[0].Trim(' ', '\t').TrimEnd('.'), authority.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);

    private static CaaProperty? Conditional(IReadOnlyList<CaaProperty> properties, IReadOnlyList<string> authorities)
    {
        var ours = properties.Where(property => property.Tag == "issue" && authorities.Any(authority => IsFor(property, authority))).ToList();
        return ours.Count > 0 && ours.All(HasCondition) ? ours[0] : null;
    }

    private static bool HasCondition(CaaProperty property) =>
        property.Value.Split(';').Skip(1).Any(static parameter => Conditions.Contains(parameter.Split('=')[0].Trim().ToLowerInvariant(), StringComparer.Ordinal));
}
