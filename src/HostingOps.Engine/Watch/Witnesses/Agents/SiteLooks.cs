using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>
/// Looks at sites now. A look under way, or not a second old, serves everybody who asks, so that several askers don't multiply
/// probes. Down takes two probes that fail, the second begun <see cref="HealthCheckPolicy.ConfirmInterval"/> after the first,
/// and known-good addresses that answer this machine.
/// </summary>
/// <param name="probe">Probes a site on a host.</param>
/// <param name="observe">Asks known-good addresses.</param>
/// <param name="limit">Probes under way at once.</param>
/// <param name="time">The clock.</param>
/// <param name="lifetime">Ends all looks.</param>
internal sealed class SiteLooks(
    Func<HostedSite, SiteHost, CancellationToken, Task<SiteHealth>> probe,
    Func<IReadOnlyList<string>, CancellationToken, Task<ObserverSanity>> observe,
    int limit,
    TimeProvider time,
    CancellationToken lifetime)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SaneFor = TimeSpan.FromSeconds(3);

    private readonly object gate = new();
    private readonly Dictionary<(string Site, string Host), (HostedSite Site, Task<SiteLook> Look)> known = new();
    private readonly SemaphoreSlim places = new(limit);
    private (Task<ObserverSanity> Asked, long Since, IReadOnlyList<string> Urls)? observer;
    private long swept = time.GetTimestamp();

    /// <summary>Looks, or shares the look of somebody else.</summary>
    public Task<SiteLook> LookAsync(HostedSite site, SiteHost host, IReadOnlyList<string> observerChecks)
    {
        lock (gate)
        {
            Sweep();
            if (known.TryGetValue((site.Name, host.Name), out var shared) && ReferenceEquals(shared.Site, site) && !IsOld(shared.Look))
            {
                return shared.Look;
            }

            var look = Task.Run(() => MakeAsync(site, host, observerChecks), CancellationToken.None);
            known[(site.Name, host.Name)] = (site, look);
            return look;
        }
    }

    // Looked at in the future: before the clock was set back.
    private bool IsOld(Task<SiteLook> look) => look.IsCompleted && (!look.IsCompletedSuccessfully || (time.GetUtcNow() - look.Result.At).Duration() >= Fresh);

    private void Sweep()
    {
        if (time.GetElapsedTime(swept) < SaneFor)
        {
            return;
        }

        swept = time.GetTimestamp();
        foreach (var old in known.Where(pair => IsOld(pair.Value.Look)).Select(static pair => pair.Key).ToArray())
        {
            known.Remove(old);
        }
    }

    private async Task<SiteLook> MakeAsync(HostedSite site, SiteHost host, IReadOnlyList<string> observerChecks)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(lifetime);
        var first = PlacedAsync(site, host, enough.Token);
        var second = LaterAsync(first, site, host, enough.Token);
        var pending = new List<Task<SiteHealth?>> { first, second };
        var seen = new List<SiteHealth>();
        try
        {
            while (pending.Count > 0)
            {
                var ended = await Task.WhenAny(pending).ConfigureAwait(false);
                pending.Remove(ended);
                if (await ended.ConfigureAwait(false) is { } health)
                {
                    seen.Add(health);
                    if (health.Status is SiteStatus.Healthy or SiteStatus.Degraded)
                    {
                        return new SiteLook(WitnessAnswer.Serves, health.Reason, time.GetUtcNow());
                    }
                }
            }
        }
        finally
        {
            await enough.CancelAsync().ConfigureAwait(false);

            // A probe that is cut off ends with a cancellation that nobody needs.
            _ = Task.WhenAll(pending).ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        return await JudgeAsync(seen, observerChecks).ConfigureAwait(false);
    }

    private async Task<SiteLook> JudgeAsync(List<SiteHealth> seen, IReadOnlyList<string> observerChecks)
    {
        if (seen.Find(static health => health.Status == SiteStatus.Unknown) is { } unclear)
        {
            return new SiteLook(WitnessAnswer.Unknown, unclear.Reason, time.GetUtcNow());
        }

        if (observerChecks.Count == 0)
        {
            return new SiteLook(WitnessAnswer.Unknown, $"it has no observerChecks, so the fault may be its own: {seen[^1].Reason}", time.GetUtcNow());
        }

        var sanity = await SanityAsync(observerChecks).ConfigureAwait(false);
        return sanity is { WasChecked: true, IsSane: true }
            ? new SiteLook(WitnessAnswer.Down, seen[^1].Reason, time.GetUtcNow())
            : new SiteLook(WitnessAnswer.Unknown, sanity.Reason, time.GetUtcNow());
    }

    private Task<ObserverSanity> SanityAsync(IReadOnlyList<string> urls)
    {
        lock (gate)
        {
            if (observer is { } last && last.Urls == urls && !last.Asked.IsFaulted && !last.Asked.IsCanceled && time.GetElapsedTime(last.Since) < SaneFor)
            {
                return last.Asked;
            }

            var asked = Task.Run(() => observe(urls, lifetime), CancellationToken.None);
            observer = (asked, time.GetTimestamp(), urls);
            return asked;
        }
    }

    private async Task<SiteHealth?> PlacedAsync(HostedSite site, SiteHost host, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await probe(site, host, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // A probe that breaks has seen nothing; the other one of the two may.
            return new SiteHealth
            {
                SiteName = site.Name,
                HostName = host.Name,
                Target = host.Name == site.Primary.Name ? HealthTarget.Primary : HealthTarget.Secondary,
                Status = SiteStatus.Unknown,
                Reason = $"The probe failed: {error.GetType().Name}: {error.Message}",
                CheckedAt = time.GetUtcNow(),
            };
        }
        finally
        {
            places.Release();
        }
    }

    // The first probe's answer makes the second needless; its failure does not make it come sooner.
    private async Task<SiteHealth?> LaterAsync(Task<SiteHealth?> first, HostedSite site, SiteHost host, CancellationToken cancellationToken)
    {
        await Task.Delay(site.Check.ConfirmInterval, time, cancellationToken).ConfigureAwait(false);
        return first is { IsCompletedSuccessfully: true, Result.Status: SiteStatus.Healthy or SiteStatus.Degraded }
            ? null
            : await PlacedAsync(site, host, cancellationToken).ConfigureAwait(false);
    }
}
