using HostingOps.Engine.Dns.Audit.Views;
using HostingOps.Engine.Dns.Audit.Walk;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Looking;

/// <summary>Gathers everything that is to be known of one site's names.</summary>
internal sealed class SiteLook(DelegationWalk walk, NameLook names, ZoneLook zones, CaaLook caa, ResolverLook resolvers, ApexSettings? apex)
{
    /// <summary>Looks at a site.</summary>
    public async Task<SiteDnsFacts> LookAsync(HostedSite site, CancellationToken cancellationToken)
    {
        var wwwName = DnsName.Parse(site.HostName);
        var recordName = DnsName.Parse(site.Record);
        List<DnsName> redirected = [.. RedirectedNames(site).Select(DnsName.Parse)];
        List<DnsName> all = [wwwName, recordName, .. redirected];
        List<DnsName> domains = [.. site.Aliases.Prepend(site.Domain).Select(DnsName.Parse)];
        var ways = await Task.WhenAll(all.Select(name => walk.FindZoneAsync(name, cancellationToken))).ConfigureAwait(false);

        var looks = await Task.WhenAll(all.Select(name => names.LookAsync(name, domains, cancellationToken))).ConfigureAwait(false);

        // A domain that its registry does not know has no zone and no servers of its own.
        var unknown = all.Zip(ways)
            .Where(pair => pair.Second.Problem is null && RegistryZone.Is(pair.Second.Zone.Name, domains) && domains.Contains(pair.First))
            .Select(static pair => (pair.First.ToString(), pair.Second.From))
            .ToList();
        var own = ways
            .Where(way => way.Problem is null && !RegistryZone.Is(way.Zone.Name, domains))
            .Select(static way => way.Zone)
            .DistinctBy(static zone => zone.Name);
        var views = await Task.WhenAll(own.Select(zone => zones.LookAsync(zone, cancellationToken))).ConfigureAwait(false);
        var certified = await Task.WhenAll(all.Where(name => !name.Equals(recordName)).Select(name => caa.LookAsync(name, cancellationToken))).ConfigureAwait(false);
        return new SiteDnsFacts
        {
            Site = site,
            Www = looks[0],
            Record = looks[1],
            Redirected = looks[2..],
            Zones = views,
            MissingDomains = unknown,
            Caa = certified,
            Resolvers = await resolvers.LookAsync(Questions(looks, domains), cancellationToken).ConfigureAwait(false),
        };
    }

    private IEnumerable<string> RedirectedNames(HostedSite site)
    {
        yield return site.Domain;
        foreach (var alias in site.Aliases)
        {
            yield return alias;
            if (site.ApexRedirect && apex is { Redirect.WwwAliases: true })
            {
                yield return "www." + alias;
            }
        }
    }

    // What a resolver is asked: where visitors go. Addresses of IPv6 only where somebody has or wants some.
    private List<DnsQuestion> Questions(IReadOnlyList<NameView> looks, List<DnsName> domains)
    {
        var questions = new List<DnsQuestion>();
        foreach (var look in looks.Where((_, index) => index != 1).Where(look => look.Heard.Any() && !RegistryZone.Is(look.Zone!, domains)))
        {
            questions.Add(new DnsQuestion(look.Name, DnsRecordType.A));
            if (look.Heard.Any(static answer => answer.V6.Count > 0) || (apex?.ElasticIpV6 is not null && !look.Name.Equals(looks[0].Name)))
            {
                questions.Add(new DnsQuestion(look.Name, DnsRecordType.AAAA));
            }
        }

        return questions;
    }
}
