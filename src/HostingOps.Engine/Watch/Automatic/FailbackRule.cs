using System.Globalization;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>When a site that failed over may go back to its primary by itself. Pure.</summary>
internal static class FailbackRule
{
    // At a standby's long interval the time alone could pass between two checks.
    private const int FewestAnswers = 3;

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestGrown = TimeSpan.FromDays(1);

    /// <summary>
    /// How long the primary must have been healthy: the policy's time, doubled for each automatic failback of the last week,
    /// for every one of them was followed by another failover. Null for never: not asked for, or the site is on its secondary for
    /// another reason than a failover, which only a person knows.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="history">What the journal has of it, newest first.</param>
    /// <param name="now">The time.</param>
    public static TimeSpan? Wait(HostedSite site, IReadOnlyList<FailoverHistoryEntry> history, DateTimeOffset now)
    {
        var moves = history.Where(static entry => entry.Outcome is FailoverOutcome.Succeeded or FailoverOutcome.SwitchedWithWarnings).ToArray();
        if (site.Policy is not { Automatic: true, Failback: { } asked } || moves is not [{ Kind: FailoverKind.Failover } last, ..] || last.To != site.Secondary.Name)
        {
            return null;
        }

        var returns = moves.Count(entry =>
            entry.Kind == FailoverKind.Switchover && OperatorIdentity.IsWatcher(entry.By) && now - entry.StartedAt <= Remembered);
        var grown = TimeSpan.FromTicks(Math.Min(LongestGrown.Ticks, asked.Ticks * (1L << Math.Min(returns, 16))));
        return grown > asked ? grown : asked;
    }

    /// <summary>When the site was last moved and may be moved again by its cooldown.</summary>
    public static DateTimeOffset CooledDown(HostedSite site, IReadOnlyList<FailoverHistoryEntry> history) =>
        history.Count == 0 ? DateTimeOffset.MinValue : (history[0].EndedAt ?? history[0].StartedAt) + site.Policy.Cooldown;

    /// <summary>Whether the site is on its secondary, asks to go back, and both hosts are healthy at this moment.</summary>
    public static bool IsWaiting(HostedSite site, SiteLooks looks) =>
        site.Policy is { Automatic: true, Failback: not null }
        && looks.Snapshot.ObserverProblem is null
        && looks.Active(site.Name) is { Verdict.State: WatchState.Healthy } active && active.Target.Host.Name == site.Secondary.Name
        && looks.Standby(site.Name) is { Verdict.State: WatchState.Healthy } standby && standby.Target.Host.Name == site.Primary.Name;

    /// <summary>Why a site that waits may not go back yet; null when it may.</summary>
    /// <param name="site">The site, which <see cref="IsWaiting"/>.</param>
    /// <param name="looks">What the watcher holds.</param>
    /// <param name="wait">How long its primary must have been healthy.</param>
    public static string? Objection(HostedSite site, SiteLooks looks, TimeSpan wait)
    {
        var verdict = looks.Standby(site.Name)!.Verdict;

        // A failure, a check that could not be made, and a time in which nobody looked: each begins the row anew.
        // What counts is the time that was seen, not the time by the clock: this machine may have slept in it.
        var answering = verdict.AnsweringFor;
        if (answering < wait)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{site.Primary.Name} has been healthy for {answering.TotalMinutes:0.#} min of {wait.TotalMinutes:0.#}.");
        }

        if (verdict.Answers < FewestAnswers)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{site.Primary.Name} has answered {verdict.Answers} checks in a row of {FewestAnswers}.");
        }

        var onHost = looks.Snapshot.Targets.FirstOrDefault(watched =>
            watched.Target.Host.Name == site.Primary.Name && watched.Verdict.State is WatchState.Down or WatchState.Suspect or WatchState.Recovering);
        if (onHost is not null)
        {
            return $"{onHost.Target.Site.Name} is {onHost.Verdict.State} on {site.Primary.Name}.";
        }

        var deadHost = looks.Snapshot.Targets.Where(watched => watched.Target.Host.Provider == site.Primary.Provider)
            .GroupBy(static watched => watched.Target.Host.Name, StringComparer.Ordinal)
            .FirstOrDefault(static host => host.All(static watched => watched.Verdict.State == WatchState.Down));
        return deadHost is null ? null : $"{deadHost.Key} of the same provider is down.";
    }
}
