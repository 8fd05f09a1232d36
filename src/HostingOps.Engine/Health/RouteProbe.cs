namespace HostingOps.Engine.Health;

/// <summary>Probes one route: HEAD, confirmed by GET when HEAD fails in a way that may be HEAD's own.</summary>
internal static class RouteProbe
{
    /// <summary>Probes.</summary>
    /// <param name="newWalk">Makes a walk over the route.</param>
    /// <param name="policy">The site's check.</param>
    /// <param name="clock">For the wait before a silent HEAD is backed by a GET.</param>
    /// <param name="deadline">The end of the whole probe's time.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static async Task<ProbeOutcome> RunAsync(
        Func<ProbeWalk> newWalk, HealthCheckPolicy policy, TimeProvider clock, CancellationToken deadline, CancellationToken cancellationToken)
    {
        if (policy.ExpectBody is not null)
        {
            return await newWalk().RunAsync(HttpMethod.Get, deadline, cancellationToken).ConfigureAwait(false);
        }

        var walk = newWalk();
        using var stopHead = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var head = walk.RunAsync(HttpMethod.Head, stopHead.Token, cancellationToken);
        if (!await EndsWithinAsync(head, policy.Timeout / 2, clock).ConfigureAwait(false) && walk.Current?.Phase >= ProbePhase.FirstByte)
        {
            return await BackByGetAsync(head, stopHead, newWalk, deadline, cancellationToken).ConfigureAwait(false);
        }

        var outcome = await head.ConfigureAwait(false);
        return outcome.DependsOnMethod && !deadline.IsCancellationRequested
            ? After(outcome, await newWalk().RunAsync(HttpMethod.Get, deadline, cancellationToken).ConfigureAwait(false))
            : outcome;
    }

    /// <summary>
    /// Some servers never answer HEAD. Waiting for the deadline would leave no time to confirm by GET, and cutting HEAD short
    /// would fail a slow but living site; so both run, and a good answer of either counts.
    /// </summary>
    private static async Task<ProbeOutcome> BackByGetAsync(
        Task<ProbeOutcome> head, CancellationTokenSource stopHead, Func<ProbeWalk> newWalk, CancellationToken deadline, CancellationToken cancellationToken)
    {
        using var stopGet = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var get = newWalk().RunAsync(HttpMethod.Get, stopGet.Token, cancellationToken);
        if (await Task.WhenAny(head, get).ConfigureAwait(false) == get && IsGood(await get.ConfigureAwait(false)))
        {
            await stopHead.CancelAsync().ConfigureAwait(false);
            _ = await head.ConfigureAwait(false);
            return After(null, await get.ConfigureAwait(false));
        }

        var seen = await head.ConfigureAwait(false);
        if (seen.DependsOnMethod)
        {
            return After(seen, await get.ConfigureAwait(false));
        }

        await stopGet.CancelAsync().ConfigureAwait(false);
        _ = await get.ConfigureAwait(false);
        return seen;
    }

    private static ProbeOutcome After(ProbeOutcome? head, ProbeOutcome get) =>
        get.Status == SiteStatus.Healthy
            ? get with { Reason = $"{get.Reason} to GET ({(head is null ? "HEAD is not answered" : "to HEAD: " + head.Reason)})" }
            : get with { IsSilence = false };

    private static bool IsGood(ProbeOutcome outcome) => outcome.Status is SiteStatus.Healthy or SiteStatus.Degraded;

    private static async ValueTask<bool> EndsWithinAsync(Task task, TimeSpan time, TimeProvider clock)
    {
        try
        {
            await task.WaitAsync(time, clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }

        return true;
    }
}
