using System.Runtime.CompilerServices;

namespace HostingOps.Engine.Dns;

/// <summary>Reads where the sites' records point.</summary>
public sealed class SiteDnsReader(HostingInventory inventory, HostedZoneReader reader)
{
    private HostedZoneReference? zone;

    /// <summary>The inventory's hosted zone. Looked up once.</summary>
    /// <exception cref="HostingException">HostedZoneNotFound, HostedZoneAmbiguous, or an AWS error.</exception>
    public async Task<HostedZoneReference> ZoneAsync(CancellationToken cancellationToken) =>
        zone ??= inventory.ZoneId is { } id
            ? await reader.GetAsync(id, inventory.Zone, cancellationToken).ConfigureAwait(false)
            : await reader.FindAsync(inventory.Zone, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads the records of the sites, in as few requests as may be.</summary>
    public async Task<SiteDnsReading> ReadAsync(IReadOnlyList<HostedSite> sites, CancellationToken cancellationToken)
    {
        var found = await ZoneAsync(cancellationToken).ConfigureAwait(false);
        var stored = await reader.ReadAsync(found, [.. sites.Select(static site => site.Record)], cancellationToken).ConfigureAwait(false);
        return new SiteDnsReading(found, sites.Select(site => DesiredRecords.Evaluate(site, found, stored[site.Record])).ToArray(), null)
        {
            OtherTypes = [.. sites.Select(site => DesiredRecords.OtherTypesOf(stored[site.Record]))],
        };
    }

    /// <summary>Where each site's record points, in the sites' order, as soon as that can be told.</summary>
    public async IAsyncEnumerable<SiteDnsTarget> StreamAsync(
        IReadOnlyList<HostedSite> sites, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await ZoneAsync(cancellationToken).ConfigureAwait(false);
        var stored = new Dictionary<string, IReadOnlyList<DnsRecordSet>>(StringComparer.Ordinal);
        var next = 0;
        await foreach (var (name, sets) in reader.StreamAsync(found, [.. sites.Select(static site => site.Record)], cancellationToken).ConfigureAwait(false))
        {
            stored.Add(name, sets);
            for (; next < sites.Count && stored.TryGetValue(sites[next].Record, out var own); next++)
            {
                yield return DesiredRecords.Evaluate(sites[next], found, own);
            }
        }
    }

    /// <summary>Reads the records of the sites and, first, the zone's marker: what a change of them needs to know.</summary>
    public async Task<SiteDnsReading> ReadForChangeAsync(IReadOnlyList<HostedSite> sites, CancellationToken cancellationToken)
    {
        var found = await ZoneAsync(cancellationToken).ConfigureAwait(false);

        // The marker comes first: a switch between the two readings then shows as a newer marker, never as an older one.
        var markerName = SwitchMarkerRecord.NameIn(found.Name);
        var marker = inventory.Policy.Marker
            ? SwitchMarkerRecord.FromRecordSets((await reader.ReadAsync(found, [markerName], cancellationToken).ConfigureAwait(false))[markerName])
            : null;
        return (await ReadAsync(sites, cancellationToken).ConfigureAwait(false)) with { Marker = marker };
    }
}
