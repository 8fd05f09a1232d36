using System.Text;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>What is going to be done, made by looking only.</summary>
public sealed class WatchRegistrationPlan
{
    internal WatchRegistrationPlan(SiteWatchRegistration result, IReadOnlyList<RegistrationStep> steps)
    {
        Result = result;
        Steps = steps;
    }

    /// <summary>What the result will be when all of it succeeds.</summary>
    public SiteWatchRegistration Result { get; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool ChangesNothing => Steps.Count == 0;

    internal IReadOnlyList<RegistrationStep> Steps { get; }

    /// <summary>All of it in words, with the whole text of each file and every command.</summary>
    public string Describe()
    {
        var result = Result;
        var text = new StringBuilder(result.Outcome switch
        {
            SiteWatchOutcome.Removed => $"Take the watch '{result.TaskName}' away",
            SiteWatchOutcome.NotRegistered => $"There is no watch '{result.TaskName}' to take away",
            SiteWatchOutcome.Unchanged => $"The watch '{result.TaskName}' is as it should be",
            _ => $"{(result.Outcome == SiteWatchOutcome.Updated ? "Change" : "Register")} the watch '{result.TaskName}' as {Words(result.Kind)} that runs as {result.RunsAs}",
        });
        foreach (var step in Steps)
        {
            text.Append('\n').Append(step.Describe());
        }

        foreach (var note in result.Notes)
        {
            text.Append("\nNote: ").Append(note);
        }

        return text.ToString();
    }

    private static string Words(SiteWatchKind? kind) => kind switch
    {
        SiteWatchKind.Cron => "a line of cron",
        SiteWatchKind.ScheduledTask => "a scheduled task",
        _ => $"a {kind?.ToString().ToLowerInvariant()}",
    };
}
