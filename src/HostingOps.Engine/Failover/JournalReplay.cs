using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>Brings a site to where the journal says that its operation stood. A pure function of the entries.</summary>
internal static class JournalReplay
{
    public static void Apply(SiteRun run, IReadOnlyList<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            switch (entry.Moment)
            {
                case JournalMoment.Started when entry.Step == FailoverStep.Switch:
                    run.SwitchMayHaveApplied = true;
                    break;
                case JournalMoment.Done:
                    run.Done.Add(entry.Step);
                    if (entry.Step == FailoverStep.Switch)
                    {
                        run.ChangeId = entry.DataJson;
                    }

                    break;
            }
        }

        // Asking again costs little and proves more than a note that it was fine once.
        run.Done.Remove(FailoverStep.Verify);
    }
}
