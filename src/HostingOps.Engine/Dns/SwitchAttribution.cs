using System.Globalization;

namespace HostingOps.Engine.Dns;

/// <summary>Decides, from what is stored now, what became of a switch. A pure function.</summary>
internal static class SwitchAttribution
{
    /// <summary>The verdict, or null when the records are still as before: the switch has not happened.</summary>
    /// <param name="change">The switch.</param>
    /// <param name="stored">The name's address record sets now.</param>
    /// <param name="marker">The zone's marker now.</param>
    /// <param name="operationId">This operation, or null when it leaves no marker.</param>
    /// <param name="mayHaveApplied">Whether a request of ours was sent whose answer was lost; false when Route 53 has refused the only one.</param>
    public static SwitchResult? Judge(
        DnsSwitch change, IReadOnlyList<DnsRecordSet> stored, SwitchMarker? marker, string? operationId, bool mayHaveApplied)
    {
        if (DesiredRecords.SameRecords(stored, change.Before, compareTtl: true))
        {
            return null;
        }

        var ours = marker is not null && marker.OperationId == operationId;
        var winner = !ours && marker is not null && marker.OperationId != change.MarkerSeen && marker.Names(change.SiteName) ? marker : null;
        if (DesiredRecords.SameRecords(stored, change.After, compareTtl: true) && (ours || (mayHaveApplied && winner is null)))
        {
            return new SwitchResult(
                change,
                SwitchOutcome.Applied,
                Note: ours
                    ? "The answer was lost; the records and the zone's marker show that the switch happened."
                    : "The answer was lost; the records are as wanted, and no marker says that somebody else wrote them.");
        }

        return new SwitchResult(change, SwitchOutcome.Conflict, Error: Conflict(change, stored, winner));
    }

    public static RecordConflictException Conflict(DnsSwitch change, IReadOnlyList<DnsRecordSet> stored, SwitchMarker? winner)
    {
        var who = winner is null
            ? "somebody else"
            : string.Create(CultureInfo.InvariantCulture, $"{winner.By} at {winner.At:yyyy-MM-dd HH:mm:ss}Z (operation {winner.OperationId})");
        return new RecordConflictException(
            change.SiteName,
            $"'{change.Record}' was changed by {who} since the plan was made: expected {DesiredRecords.Describe(change.Before)}, "
                + $"found {DesiredRecords.Describe(stored)}. This operation changed nothing.",
            change.Before,
            stored,
            winner);
    }
}
