using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>Tells whoever watches the watcher of each change.</summary>
/// <param name="options">Who is told, and of what.</param>
internal sealed class WatchChanges(WatchOptions options) : IWatchListener
{
    private readonly HashSet<(string Site, string Host)> told = [];

    /// <summary>What became of a target within a run.</summary>
    /// <param name="target">The target at its end.</param>
    /// <param name="before">What was held before it.</param>
    public static SiteWatchChange Of(WatchedTarget target, IReadOnlyDictionary<(string Site, string Host), TargetVerdict> before) => Of(
        target.Target, before.GetValueOrDefault((target.Target.Site.Name, target.Target.Host.Name), TargetVerdict.Initial).State, target.Verdict);

    /// <inheritdoc/>
    public string Title => "The telling of changes";

    /// <inheritdoc/>
    public void Checked(TargetCheck check)
    {
    }

    /// <inheritdoc/>
    public void Changed(VerdictChange change)
    {
        // That all is well where nothing was known is no news; that it is well again is.
        var isFirst = told.Add((change.Target.Site.Name, change.Target.Host.Name));
        if (!isFirst || options.TellFirst || change is not { From: WatchState.Unknown, Verdict.State: WatchState.Healthy })
        {
            options.Changed?.Invoke(Of(change.Target, change.From, change.Verdict));
        }
    }

    /// <inheritdoc/>
    public Task RunAsync(IWatchView view, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task SettleAsync(IWatchView view, CancellationToken cancellationToken) => Task.CompletedTask;

    private static SiteWatchChange Of(WatchTarget target, WatchState from, TargetVerdict verdict) => new()
    {
        At = verdict.Since ?? verdict.ObservedAt ?? DateTimeOffset.UnixEpoch,
        SiteName = target.Site.Name,
        HostName = target.Host.Name,
        Role = target.Role,
        From = from,
        To = verdict.State,
        Reason = verdict.Reason,
        FailingSince = verdict.FailingSince,
        InventoryPath = target.Site.InventoryPath,
    };
}
