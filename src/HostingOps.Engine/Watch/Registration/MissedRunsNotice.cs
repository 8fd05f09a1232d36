using HostingOps.Engine.Alerts;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>Has people told, once, that runs were missed before this one. That they were is over by then, so it is no incident that lasts.</summary>
internal sealed class MissedRunsNotice(MissedRuns? missed, Action<HostingAlert> post, IOperationReporter reporter, TimeProvider time) : IWatchListener
{
    private int told;

    /// <inheritdoc/>
    public string Title => "The look for missed runs";

    /// <inheritdoc/>
    public void Checked(TargetCheck check)
    {
    }

    /// <inheritdoc/>
    public void Changed(VerdictChange change)
    {
    }

    /// <inheritdoc/>
    public async Task RunAsync(IWatchView view, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Tell();
    }

    /// <inheritdoc/>
    public Task SettleAsync(IWatchView view, CancellationToken cancellationToken)
    {
        Tell();
        return Task.CompletedTask;
    }

    private void Tell()
    {
        if (missed is null || Interlocked.Exchange(ref told, 1) != 0)
        {
            return;
        }

        reporter.Warning(missed.ToString());
        post(new HostingAlert
        {
            Event = AlertEvent.Watcher,
            Severity = AlertSeverity.Warning,

            // The same for every process that notices the same gap.
            IncidentId = FormattableString.Invariant($"missed-{missed.Last.UtcDateTime:yyyyMMddHHmmss}"),
            Title = "The sites were not watched for a time",
            Text = $"{missed} They are watched again now.",
            At = time.GetUtcNow(),
            Details = new Dictionary<string, string?> { [AlertText.OverDetail] = "true" },
        });
    }
}
