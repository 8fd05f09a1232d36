using HostingOps.Engine.Dns.Audit.Views;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Dns.Audit.Rules;

/// <summary>Whether the client's www leads to our record. Pure.</summary>
internal static class NameRules
{
    /// <summary>Judges every different answer of the zone's servers.</summary>
    public static IEnumerable<SiteDnsFinding> Judge(AuditContext context)
    {
        var view = context.Facts.Www;
        if (context.IsInMissingDomain(view.Name))
        {
            yield break;
        }

        if (Unheard(view) is { } unheard)
        {
            yield return unheard;
        }

        foreach (var (answer, from) in view.Distinct())
        {
            if (Judge(context, answer) is { } finding)
            {
                yield return finding with { SeenFrom = from };
            }
        }
    }

    /// <summary>That nobody says anything of a name, or null.</summary>
    public static SiteDnsFinding? Unheard(NameView view) => view.Heard.Any() ? null : new SiteDnsFinding
    {
        Code = NotKnown,
        Severity = SiteDnsSeverity.Unknown,
        Name = view.Name.ToString(),
        Seen = $"It is not known where {view.Name} leads. {view.Problem ?? string.Join("; ", view.Answers.Select(static answer => $"{answer.From} {answer.Problem}"))}".TrimEnd('.', ' ') + ".",
        SeenFrom = view.Answers.Select(static answer => answer.From).ToList(),
        Expected = "A name server that answers for the name.",
    };

    private static SiteDnsFinding? Judge(AuditContext context, NameAnswer answer)
    {
        var (site, www) = (context.Facts.Site, context.Facts.Www);

        // The chain was asked for once; it goes for the answer that it begins with.
        var leadsToUs = context.Record.Equals(answer.Cname)
            || (answer.Cname is { } first && www.Chain.LeadsOver(first) && www.Chain.LeadsOver(context.Record));
        // Where somebody on the way did not answer, it may lead to us yet; the chain's rules tell that it is not known.
        var mayLeadToUs = answer.Cname is { } next && www.Chain.End == ChainEnd.NotKnown && www.Chain.LeadsOver(next) && !www.Name.Equals(www.Zone);
        if (leadsToUs || mayLeadToUs)
        {
            return null;
        }

        var fixedHere = answer.Cname is null && answer.Addresses.Any()
            && answer.Addresses.All(address => new[] { site.Primary, site.Secondary }.Any(host => Is(host.Address, address) || Is(host.AddressV6, address)));
        var (code, seen) = answer switch
        {
            { Cname: { } cname } => (WwwElsewhere, $"{site.HostName} is a CNAME to {cname.ToLower()}, which does not lead to {site.Record}."),
            _ when fixedHere => (
                WwwFixedAddress,
                $"{site.HostName} has the address {AddressSet.Text(answer.Addresses)} itself, that of one of the site's hosts: it works today, and does not follow a failover."),
            _ when answer.Addresses.Any(address => Is(context.Apex?.ElasticIp, address) || Is(context.Apex?.ElasticIpV6, address)) => (
                WwwElsewhere,
                $"{site.HostName} has the address {AddressSet.Text(answer.Addresses)}, that of the redirector, which sends visitors back to {site.HostName} for ever."),
            _ when answer.Addresses.Any() => (WwwElsewhere, $"{site.HostName} has the address {AddressSet.Text(answer.Addresses)} itself, which is none of the site's."),
            { Exists: false } => (WwwMissing, $"The name {site.HostName} does not exist."),
            _ => (WwwMissing, $"The name {site.HostName} has neither a CNAME nor an address."),
        };
        return new SiteDnsFinding
        {
            Code = code,
            Severity = SiteDnsSeverity.Error,
            Name = site.HostName,
            Seen = seen,
            Expected = $"{site.HostName} is a CNAME to {site.Record}.",
            Request = RequestText.With(
                code == WwwMissing
                    ? $"Please add this record for {site.HostName}:"
                    : $"Please remove the {(answer.Cname is null ? "address records (A and AAAA)" : "present CNAME record")} of {site.HostName}, and set this one record in their place, so that we can move the website when a server fails:",
                RequestText.Record(site.HostName, context.WantedTtl, "CNAME", site.Record + ".")),
        };
    }

    private static bool Is(string? text, System.Net.IPAddress address) => text is not null && System.Net.IPAddress.Parse(text).Equals(address);
}
