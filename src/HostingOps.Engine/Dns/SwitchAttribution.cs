using System.Globalization;

namespace HostingOps.Engine.Dns;

/// <summary>
/// Decides, from what is stored now, what became of a switch. A pure function. It rests on one fact: a batch and its marker
/// are one atomic write, so a batch that was carried out has replaced the marker that was seen before it.
/// </summary>
internal static class SwitchAttribution
{
    /// <summary>The verdict, or null when the records are still as before: the switch has not happened.</summary>
    /// <param name="change">The switch.</param>
    /// <param name="stored">The name's address record sets now.</param>
    /// <param name="marker">The zone's marker now.</param>
    /// <param name="sent">What this operation has sent for the switch and heard nothing of.</param>
    public static SwitchResult? Judge(DnsSwitch change, IReadOnlyList<DnsRecordSet> stored, SwitchMarker? marker, SentRequests sent)
    {
        var ours = sent.OperationId is not null && marker?.OperationId == sent.OperationId;
        var carriedOut = ours && sent.Lost.Contains(marker!.Batch);
        if (DesiredRecords.SameRecords(stored, change.Before, compareTtl: true))
        {
            // Sending it again would undo what somebody decided after us.
            return carriedOut ? Lost(change, stored, null, "This operation had switched it before that.") : null;
        }

        var isExcluded = sent.Lost.Count == 0 || ShowsThatNothingWasDone(change, marker, sent, ours);
        var winner = !ours && marker is not null && marker.OperationId != change.MarkerSeen && marker.Names(change.SiteName) ? marker : null;
        if (DesiredRecords.SameRecords(stored, change.After, compareTtl: true)
            && !isExcluded
            && (ours || sent.OperationId is null || winner is null))
        {
            return new SwitchResult(
                change,
                SwitchOutcome.Applied,
                Note: carriedOut
                    ? "The answer was lost; the records and the zone's marker show that the switch happened."
                    : "The answer was lost; the records are as wanted, and no marker says that somebody else wrote them.");
        }

        return Lost(
            change,
            stored,
            winner,
            isExcluded ? "This operation changed nothing."
            : carriedOut ? "This operation had switched it before that."
            : "This operation's request was sent and its answer lost; whether it was carried out before that is not known.");
    }

    // The marker that was there before, none, or one of an earlier batch of ours: had ours been carried out, it would be another.
    private static bool ShowsThatNothingWasDone(DnsSwitch change, SwitchMarker? marker, SentRequests sent, bool ours) =>
        sent.OperationId is not null
        && (marker is null || marker.OperationId == change.MarkerSeen || (ours && marker.Batch < sent.Lost.Min()));

    private static SwitchResult Lost(DnsSwitch change, IReadOnlyList<DnsRecordSet> stored, SwitchMarker? winner, string ourPart) =>
        new(change, SwitchOutcome.Conflict, Error: new RecordConflictException(
            change.SiteName,
            $"'{change.Record}' was changed {By(winner, change.SiteName)} since the plan was made: expected {DesiredRecords.Describe(change.Before)}, "
                + $"found {DesiredRecords.Describe(stored)}. {ourPart}",
            change.Before,
            stored,
            winner));

    private static string By(SwitchMarker? winner, string siteName)
    {
        if (winner is null)
        {
            return "by somebody else";
        }

        var who = string.Create(CultureInfo.InvariantCulture, $"by {winner.By} at {winner.At:yyyy-MM-dd HH:mm:ss}Z (operation {winner.OperationId})");
        return winner.Sites.Contains(siteName) ? who : $"probably {who}, which wrote to the zone last,";
    }
}
