namespace HostingOps.Engine.Health;

/// <summary>Probes again and again until the observations are enough for a <see cref="HealthVerdict"/>, for the gates of a failover.</summary>
internal static class ConfirmedProbe
{
    /// <summary>
    /// Probes until the site answers once, or has failed <see cref="HealthCheckPolicy.FailAfter"/> times in a row. Each probe
    /// begins <see cref="HealthCheckPolicy.ConfirmInterval"/> after the beginning of the one before, which may still be under
    /// way: a host that swallows connections is not waited for three times over. The first answer ends it and the probes under
    /// way. Gives up after twice as many probes, when too many of them could not be made.
    /// </summary>
    /// <returns>All observations in the order of their beginning, an answer last; at least one.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<IReadOnlyList<SiteHealth>> RunAsync(
        SiteProber prober, HostedSite site, SiteHost? host, HealthTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prober);
        ArgumentNullException.ThrowIfNull(site);
        return RunAsync(token => prober.ProbeAsync(site, host, target, token), site.Check, prober.Clock, cancellationToken);
    }

    /// <summary>The same over any way of probing.</summary>
    internal static Task<IReadOnlyList<SiteHealth>> RunAsync(
        Func<CancellationToken, Task<SiteHealth>> probe, HealthCheckPolicy policy, TimeProvider clock, CancellationToken cancellationToken) =>
        RunAsync(token => Task.FromResult(probe(token)), policy, clock, cancellationToken);

    /// <summary>The same over probes that may have to wait before they begin.</summary>
    /// <param name="begin">Begins a probe; its task ends as soon as the probe has begun, and gives the probe.</param>
    /// <param name="policy">The site's check.</param>
    /// <param name="clock">Measures the time between two beginnings.</param>
    /// <param name="cancellationToken">Ends the probes under way.</param>
    internal static async Task<IReadOnlyList<SiteHealth>> RunAsync(
        Func<CancellationToken, Task<Task<SiteHealth>>> begin, HealthCheckPolicy policy, TimeProvider clock, CancellationToken cancellationToken)
    {
        var needed = Math.Max(1, policy.FailAfter);
        var probes = new List<Task<SiteHealth>>(needed);
        Task<Task<SiteHealth>>? beginning = null;
        long? lastBegun = null;
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                if (beginning is { IsCompleted: true })
                {
                    probes.Add(await beginning.ConfigureAwait(false));
                    beginning = null;
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (await EnoughAsync(probes, needed).ConfigureAwait(false) is { } observations)
                {
                    return observations;
                }

                if (beginning is null && probes.Count < 2 * needed && TrailingFailures(probes) < needed)
                {
                    beginning = BeginAsync();
                }

                // None is left when the last one ended since it was looked at: then it is looked at again.
                Task[] awaited = [.. probes.Where(static probe => !probe.IsCompleted), .. beginning is null ? [] : new Task[] { beginning }];
                if (awaited.Length > 0)
                {
                    await Task.WhenAny(awaited).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await rest.CancelAsync().ConfigureAwait(false);
            Task all = Task.WhenAll([.. probes, .. beginning is null ? [] : new[] { beginning.Unwrap() }]);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<Task<SiteHealth>> BeginAsync()
        {
            if (lastBegun is { } last && policy.ConfirmInterval - clock.GetElapsedTime(last) is { Ticks: > 0 } pause)
            {
                await Task.Delay(pause, clock, rest.Token).ConfigureAwait(false);
            }

            var probe = await begin(rest.Token).ConfigureAwait(false);
            lastBegun = clock.GetTimestamp();
            return probe;
        }
    }

    // An answer counts as soon as it is there. Failures count in the order of their beginning, once all before them are known.
    private static async Task<IReadOnlyList<SiteHealth>?> EnoughAsync(IReadOnlyList<Task<SiteHealth>> probes, int needed)
    {
        var ended = new List<SiteHealth>(probes.Count);
        SiteHealth? answer = null;
        var known = 0;
        foreach (var probe in probes.Where(static probe => probe.IsCompleted))
        {
            var seen = await probe.ConfigureAwait(false);
            if (answer is null && seen.Status is SiteStatus.Healthy or SiteStatus.Degraded)
            {
                answer = seen;
            }
            else
            {
                ended.Add(seen);
            }

            known++;
        }

        return answer is not null ? [.. ended, answer]
            : known == probes.Count && known > 0 && (HealthVerdict.TrailingFailures(ended) >= needed || known >= 2 * needed) ? ended
            : null;
    }

    // Those under way are taken for failures: as long as they may be enough, no further one is begun.
    private static int TrailingFailures(IReadOnlyList<Task<SiteHealth>> probes)
    {
        var row = 0;
        while (row < probes.Count && probes[probes.Count - 1 - row] is var probe
            && (!probe.IsCompletedSuccessfully || probe.Result.Status == SiteStatus.Down))
        {
            row++;
        }

        return row;
    }
}
