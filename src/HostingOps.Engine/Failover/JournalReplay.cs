using System.Globalization;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>Brings a site to where the journal says that its operation stood. A pure function of the entries.</summary>
internal static class JournalReplay
{
    public static void Apply(SiteRun run, IReadOnlyList<JournalEntry> entries)
    {
        string? failedFence = null;
        foreach (var entry in entries)
        {
            switch (entry.Step, entry.Moment)
            {
                case (FailoverStep.Switch, JournalMoment.Started):
                    run.Sent(BatchOf(entry));
                    break;
                case (FailoverStep.Switch, JournalMoment.Failed):
                    run.Refused();
                    break;
                case (FailoverStep.Switch, JournalMoment.Done):
                    run.Done.Add(entry.Step);
                    run.ChangeId = entry.DataJson;
                    break;
                case (FailoverStep.Fence, JournalMoment.Failed):
                    failedFence = entry.Detail;
                    break;
                case (_, JournalMoment.Done):
                    run.Done.Add(entry.Step);
                    break;
            }
        }

        // Asking again costs little and proves more than a note that it was fine once.
        run.Done.Remove(FailoverStep.Verify);
        if (run.Switched && failedFence is not null && !run.Done.Contains(FailoverStep.Fence))
        {
            run.Warn($"{HookStage.Fence} hook: {failedFence}", ErrorIds.HookFailed);
        }
    }

    /// <summary>The number that the operation's next batch must have, from the entries of all its sites.</summary>
    public static int NextBatch(IEnumerable<JournalEntry> entries) => 1 + entries
        .Where(static entry => entry is { Step: FailoverStep.Switch, Moment: JournalMoment.Started })
        .Select(static entry => BatchOf(entry) ?? 0).DefaultIfEmpty().Max();

    /// <summary>A batch's number as the journal keeps it; null for one that carried no marker.</summary>
    public static string? Note(int batch, bool withMarker) => withMarker ? batch.ToString(CultureInfo.InvariantCulture) : null;

    private static int? BatchOf(JournalEntry entry) =>
        int.TryParse(entry.DataJson, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
