using HostingOps.Engine.Dns.Audit.Views;
using HostingOps.Engine.Dns.Wire;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Dns.Audit.Rules;

/// <summary>Whether each zone's name servers are those that the registry names, answer, and agree. Pure.</summary>
internal static class ZoneRules
{
    /// <summary>Judges every zone of the site.</summary>
    public static IEnumerable<SiteDnsFinding> Judge(AuditContext context) =>
        context.Facts.Zones.SelectMany(zone => Servers(zone).Concat(Delegation(zone)).Concat(Agreement(context, zone)).Concat(Wildcards(zone)))

            // Our own zone is not the client's to mend.
            .Select(static judged => judged.Zone.IsOurs ? judged.Finding with { Request = null } : judged.Finding);

    private static IEnumerable<(ZoneView Zone, SiteDnsFinding Finding)> Servers(ZoneView zone)
    {
        var all = !zone.Servers.Any(static server => server.State == ZoneServerState.Serves);
        var sure = zone.Servers.All(static server => server.IsSure);
        foreach (var group in zone.Servers.Where(static server => server.State != ZoneServerState.Serves).GroupBy(static server => server.State))
        {
            // Only what was seen is asked of anybody.
            var servers = group.Where(static server => server.IsSure).ToList();
            var names = string.Join(", ", servers.Select(static server => server.Text));
            var (code, request) = group.Key switch
            {
                ZoneServerState.Lame => (ServerLame, $"Please have the name server{Plural(servers)} {names} set up to serve {zone.Name}, or have {It(servers)} taken out of the domain's name servers at its registrar."),
                ZoneServerState.Silent => (ServerSilent, $"Please look at the name server{Plural(servers)} {names}: {It(servers)} did not answer our questions for {zone.Name} over UDP and TCP port 53. If {It(servers)} is no longer in use, please have it taken out of the domain's name servers at its registrar."),
                _ => (ServerWithoutAddress, $"Please mend the name{Plural(servers)} of the domain's name server{Plural(servers)} at its registrar: {names} {(servers.Count > 1 ? "have" : "has")} no address that can be found."),
            };
            yield return (zone, new SiteDnsFinding
            {
                Code = code,
                Severity = !all ? SiteDnsSeverity.Warning : sure ? SiteDnsSeverity.Error : SiteDnsSeverity.Unknown,
                Name = zone.Name.ToString(),
                Seen = $"{(!all ? $"Not every name server of {zone.Name} serves it" : sure ? $"No name server of {zone.Name} serves it" : $"It is not known whether any name server of {zone.Name} serves it")}: {string.Join("; ", group.Select(static server => $"{server.Text} {server.Problem}"))}.",
                SeenFrom = group.Select(static server => server.Text).ToList(),
                Expected = $"Every name server that the registry names for {zone.Name} answers for it with authority.",
                Request = servers.Count > 0 ? request : null,
            });
        }
    }

    private static IEnumerable<(ZoneView Zone, SiteDnsFinding Finding)> Delegation(ZoneView zone)
    {
        if (zone.Delegated is not { } delegated)
        {
            yield break;
        }

        var finding = new SiteDnsFinding
        {
            Code = DelegationMismatch,
            Severity = SiteDnsSeverity.Warning,
            Name = zone.Name.ToString(),
            Seen = "",
            SeenFrom = zone.DelegatedBy is { } by ? [by] : [],
            Expected = $"The registry and the zone name the same name servers for {zone.Name}, two or more at different addresses (RFC 1034, section 4.1).",
        };
        var above = delegated.ToHashSet();
        foreach (var group in zone.Servers.Where(server => server.NameServers.Count > 0 && !above.SetEquals(server.NameServers)).GroupBy(static server => Names(server.NameServers)).Take(1))
        {
            var own = group.First().NameServers;
            yield return (zone, finding with
            {
                Seen = $"The registry names {Names(delegated)} for {zone.Name}, and the zone itself names {Names(own)}.",
                SeenFrom = [.. finding.SeenFrom, .. group.Select(static server => server.Text)],
                Request = $"Please make the name servers of {zone.Name} the same in both places. At the registrar they are: {Names(delegated)}. The NS records in the zone are: {Names(own)}.",
            });
        }

        var addresses = zone.Servers.Select(static server => server.Endpoint?.Address).OfType<System.Net.IPAddress>().Distinct().ToList();
        if (delegated.Count == 1)
        {
            yield return (zone, finding with
            {
                Code = SingleServer,
                Seen = $"{zone.Name} has one name server only, {Names(delegated)}: when it fails, the domain is gone.",
                Request = $"Please add a second name server for {zone.Name}, in another network if possible.",
            });
        }
        else if (addresses.Count == 1 && zone.Servers.All(static server => server.Endpoint is not null) && !System.Net.IPAddress.IsLoopback(addresses[0]))
        {
            yield return (zone, finding with
            {
                Code = SingleAddress,
                Seen = $"The {delegated.Count} name servers of {zone.Name} are all at {addresses[0]}: when it fails, the domain is gone.",
                Request = $"Please let a second name server of {zone.Name} run at another address, in another network if possible.",
            });
        }
    }

    private static IEnumerable<(ZoneView Zone, SiteDnsFinding Finding)> Agreement(AuditContext context, ZoneView zone)
    {
        var serials = zone.Servers.Where(static server => server.Serial is not null).ToList();
        var differ = serials.Select(static server => server.Serial).Distinct().Count() > 1;
        var versions = string.Join("; ", serials.Select(static server => FormattableString.Invariant($"{server.Text} has version {server.Serial}")));
        var request = $"Please check why the name servers of {zone.Name} do not have the same content; a secondary server may not get its updates.{(differ ? $" {versions}." : "")}";
        var disagree = false;
        foreach (var view in context.Facts.Redirected.Append(context.Facts.Www).Append(context.Facts.Record).Where(view => zone.Name.Equals(view.Zone)))
        {
            var distinct = view.Distinct();
            if (distinct.Count < 2)
            {
                continue;
            }

            disagree = true;
            yield return (zone, new SiteDnsFinding
            {
                Code = ServersDisagree,
                Severity = SiteDnsSeverity.Error,
                Name = view.Name.ToString(),
                Seen = $"The name servers of {zone.Name} do not agree about {view.Name}: {string.Join("; ", distinct.Select(static group => $"{string.Join(", ", group.From)} {(group.From.Count > 1 ? "say" : "says")} {group.Answer}"))}.",
                SeenFrom = distinct.SelectMany(static group => group.From).ToList(),
                Expected = $"All name servers of {zone.Name} give the same answer.",
                Request = request,
            });
        }

        if (differ && !disagree)
        {
            yield return (zone, new SiteDnsFinding
            {
                Code = SerialsDiffer,
                Severity = SiteDnsSeverity.Warning,
                Name = zone.Name.ToString(),
                Seen = $"The name servers of {zone.Name} have different versions of it: {versions}.",
                SeenFrom = serials.Select(static server => server.Text).ToList(),
                Expected = $"All name servers of {zone.Name} have the same SOA serial, but for the minutes after a change.",
                Request = request,
            });
        }
    }

    private static IEnumerable<(ZoneView Zone, SiteDnsFinding Finding)> Wildcards(ZoneView zone)
    {
        if (zone.AnyName is { } any)
        {
            yield return (zone, new SiteDnsFinding
            {
                Code = Wildcard,
                Severity = SiteDnsSeverity.Information,
                Name = zone.Name.ToString(),
                Seen = $"Any name below {zone.Name} leads somewhere, {any}: a misspelt name looks like a site, and a record that goes missing is not noticed.",
                SeenFrom = [any.From],
                Expected = "Only names that are meant to exist do.",
            });
        }
    }

    private static string Names(IEnumerable<DnsName> names) =>
        string.Join(", ", names.Select(static name => name.ToLower().ToString()).Order(StringComparer.Ordinal));

    private static string Plural(List<ZoneServerView> servers) => servers.Count > 1 ? "s" : "";

    private static string It(List<ZoneServerView> servers) => servers.Count > 1 ? "each of them" : "it";
}
