using System.Collections.Immutable;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Route53;

/// <summary>The hosted zones and their changes, in memory. Safe for use from several threads.</summary>
internal sealed class Route53Store(SandboxTimings timings, TimeProvider timeProvider, SandboxIds ids, int zoneQuota)
{
    private readonly object gate = new();
    private readonly Dictionary<string, HostedZone> zones = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChangeInfo> changes = new(StringComparer.Ordinal);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; } = timeProvider;

    /// <summary>All zones, by id as AWS lists them.</summary>
    public IReadOnlyList<HostedZone> Zones
    {
        get
        {
            lock (gate)
            {
                return [.. zones.Values.OrderBy(zone => zone.Id, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Makes a zone.</summary>
    /// <exception cref="ApiException">HostedZoneAlreadyExists: the reference was used before.</exception>
    public (HostedZone Zone, ChangeInfo Change) CreateZone(RecordName name, string callerReference, string? comment)
    {
        lock (gate)
        {
            if (zones.Values.Any(zone => zone.CallerReference == callerReference))
            {
                throw new ApiException(
                    409, "HostedZoneAlreadyExists", $"A hosted zone has already been created with the specified caller reference: {callerReference}");
            }

            var zone = new HostedZone(ids.HostedZone(), name, callerReference, comment);
            zones[zone.Id] = zone;
            return (zone, Record(null));
        }
    }

    /// <summary>Puts record sets into a new zone without the API's limits, served at once.</summary>
    public void Seed(string zoneId, IEnumerable<RecordSet> recordSets)
    {
        lock (gate)
        {
            var zone = Zone(zoneId);
            zone.Change(zone.Records.Union(recordSets), TimeProvider.GetUtcNow());
        }
    }

    /// <summary>The zone.</summary>
    /// <exception cref="ApiException">NoSuchHostedZone.</exception>
    public HostedZone Zone(string zoneId)
    {
        lock (gate)
        {
            return zones.GetValueOrDefault(zoneId)
                ?? throw new ApiException(404, "NoSuchHostedZone", $"No hosted zone found with ID: {zoneId}");
        }
    }

    /// <summary>The zone's record sets, pending changes included.</summary>
    /// <exception cref="ApiException">NoSuchHostedZone.</exception>
    public ImmutableSortedSet<RecordSet> Records(string zoneId)
    {
        lock (gate)
        {
            return Zone(zoneId).Records;
        }
    }

    /// <summary>The change.</summary>
    /// <exception cref="ApiException">NoSuchChange.</exception>
    public ChangeInfo Change(string changeId)
    {
        lock (gate)
        {
            return changes.GetValueOrDefault(changeId)
                ?? throw new ApiException(404, "NoSuchChange", $"Could not find resource with ID: {changeId}");
        }
    }

    /// <summary>Applies a batch, all of it or nothing. While it is processed, other writes to the zone are refused.</summary>
    /// <exception cref="ApiException">NoSuchHostedZone, PriorRequestNotComplete, InvalidChangeBatch.</exception>
    public Task<ChangeInfo> ApplyAsync(string zoneId, ChangeBatch batch, CancellationToken cancellationToken) =>
        WriteAsync(
            zoneId,
            zone =>
            {
                var after = new BatchRules(zone, id => zones.GetValueOrDefault(id), zoneQuota).Apply(batch);
                var change = Record(batch.Comment);
                zone.Change(after, change.InSyncAt);
                return change;
            },
            cancellationToken);

    /// <summary>Deletes a zone that holds nothing but its own SOA and NS.</summary>
    /// <exception cref="ApiException">NoSuchHostedZone, PriorRequestNotComplete, HostedZoneNotEmpty.</exception>
    public Task<ChangeInfo> DeleteZoneAsync(string zoneId, CancellationToken cancellationToken) =>
        WriteAsync(
            zoneId,
            zone =>
            {
                if (zone.Records.Any(set => !set.Name.Equals(zone.Name) || set.Type is not ("SOA" or "NS")))
                {
                    throw new ApiException(
                        400, "HostedZoneNotEmpty", "The specified hosted zone contains non-required resource record sets and so cannot be deleted.");
                }

                zones.Remove(zoneId);
                return Record(null);
            },
            cancellationToken);

    /// <summary>The record sets of a name as the name servers know them now, from the zone that is nearest above it.</summary>
    public IReadOnlyList<RecordSet> FindServed(RecordName name)
    {
        lock (gate)
        {
            return NearestZone(name) is { } zone ? RecordSetRange.AtName(zone.Served(TimeProvider.GetUtcNow()), name) : [];
        }
    }

    /// <summary>Whether the name servers know a record set below a name.</summary>
    public bool HasServedBelow(RecordName name)
    {
        lock (gate)
        {
            if (NearestZone(name) is not { } zone)
            {
                return false;
            }

            // Sort keys end with a dot, so whatever is below a name comes right after the name's own record sets.
            var records = zone.Served(TimeProvider.GetUtcNow());
            for (var index = RecordSetRange.IndexFrom(records, name, null, null); index < records.Count; index++)
            {
                var other = records[index].Name;
                if (!other.Equals(name))
                {
                    return other.IsWithin(name);
                }
            }

            return false;
        }
    }

    /// <summary>The zone that is nearest above a name, or null.</summary>
    public HostedZone? ZoneOf(RecordName name)
    {
        lock (gate)
        {
            return NearestZone(name);
        }
    }

    private HostedZone? NearestZone(RecordName name) =>
        zones.Values.Where(zone => name.IsWithin(zone.Name)).MaxBy(zone => zone.Name.SortKey.Length);

    private async Task<ChangeInfo> WriteAsync(string zoneId, Func<HostedZone, ChangeInfo> write, CancellationToken cancellationToken)
    {
        HostedZone zone;
        lock (gate)
        {
            zone = Zone(zoneId);
            if (zone.IsBusy)
            {
                throw new ApiException(
                    400, "PriorRequestNotComplete", "The request was rejected because Route 53 was still processing a prior request.");
            }

            if (timings.Processing <= TimeSpan.Zero)
            {
                return write(zone);
            }

            zone.IsBusy = true;
        }

        try
        {
            await Task.Delay(timings.Processing, TimeProvider, cancellationToken).ConfigureAwait(false);
            lock (gate)
            {
                return write(zone);
            }
        }
        finally
        {
            lock (gate)
            {
                zone.IsBusy = false;
            }
        }
    }

    private ChangeInfo Record(string? comment)
    {
        var now = TimeProvider.GetUtcNow();
        var change = new ChangeInfo(ids.Change(), now, now + timings.Propagation, comment);
        changes[change.Id] = change;
        return change;
    }
}
