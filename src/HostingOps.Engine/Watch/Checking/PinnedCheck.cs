using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Checking;

/// <summary>
/// Checks a target pinned to its host's address. Routine checks try the cheap way, backed by the full probe as soon as the cheap
/// one keeps silent; the full probe alone is evidence of a failure.
/// </summary>
internal sealed class PinnedCheck(SiteProber prober, TrustedRoots roots, ChainMemory chains, WatchTarget target) : ITargetCheck
{
    // Longer than a slow answer from another continent; so much later the full probe's own connection begins.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    // Both address families are looked at so often; the cheap check knows IPv4 only.
    private static readonly TimeSpan WholeLook = TimeSpan.FromSeconds(60);

    // A site whose good answer the cheap check can't read (a redirect, a refused HEAD) is asked in full for so many checks.
    private const int ChecksInFull = 20;

    // Held only where it keeps a connection: ten thousand of them are tens of megabytes.
    private readonly bool hasCheap = RoutineCheck.For(target, prober.Clock) is not null;
    private readonly RoutineCheck? keeping = RoutineCheck.Keeps(target) ? RoutineCheck.For(target, prober.Clock) : null;
    private readonly bool hasBothFamilies = target.Host is { Address: not null, AddressV6: not null };
    private long? lookedWhole;
    private int inFull;

    /// <inheritdoc/>
    public Task<SiteHealth> RunAsync(bool routine, ProbeTrace trace, CancellationToken cancellationToken)
    {
        if (!hasCheap || !routine || inFull > 0 || (hasBothFamilies && !(lookedWhole is { } at && prober.Clock.GetElapsedTime(at) < WholeLook)))
        {
            inFull = routine ? Math.Max(0, inFull - 1) : inFull;
            lookedWhole = prober.Clock.GetTimestamp();
            return ProbeAsync(trace, cancellationToken);
        }

        return CheckAsync(keeping ?? RoutineCheck.For(target, prober.Clock)!, trace, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => keeping?.Dispose();

    private async Task<SiteHealth> CheckAsync(RoutineCheck routine, ProbeTrace trace, CancellationToken cancellationToken)
    {
        using var stopCheap = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wasKept = routine.HasKept;
        var answer = CheapAsync(routine, trace, stopCheap.Token);
        try
        {
            // A new connection that the host has taken shows that the host lives: it may take its time, as the full probe would let it.
            if (!await EndsWithinAsync(answer, Patience).ConfigureAwait(false) && !wasKept && trace.Contact == ProbeContact.Met)
            {
                await EndsWithinAsync(answer, target.Site.Check.Timeout / 2).ConfigureAwait(false);
            }

            return answer.IsCompleted
                ? await answer.ConfigureAwait(false) ?? await AfterAsync(wasKept, trace, cancellationToken).ConfigureAwait(false)
                : await FirstOfAsync(answer, trace, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await stopCheap.CancelAsync().ConfigureAwait(false);
            _ = await answer.ConfigureAwait(false);
        }
    }

    private async Task<SiteHealth?> CheapAsync(RoutineCheck routine, ProbeTrace trace, CancellationToken cancellationToken)
    {
        try
        {
            return await routine.RunAsync(roots.For(target.Site), chains, trace, cancellationToken).ConfigureAwait(false);
        }
        catch (ProbeFailedException)
        {
            // The roots can't be read; the full probe says so.
            return null;
        }
    }

    private async Task<SiteHealth> AfterAsync(bool wasKept, ProbeTrace trace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var health = await ProbeAsync(trace, cancellationToken).ConfigureAwait(false);

        // A kept connection may have broken for a reason that does not last.
        inFull = !wasKept && health.Status is SiteStatus.Healthy or SiteStatus.Degraded ? ChecksInFull : 0;
        return health;
    }

    private async Task<SiteHealth> FirstOfAsync(Task<SiteHealth?> answer, ProbeTrace trace, CancellationToken cancellationToken)
    {
        using var stopProbe = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probe = ProbeAsync(trace, stopProbe.Token);
        await Task.WhenAny((Task)answer, probe).ConfigureAwait(false);
        if (!answer.IsCompleted || await answer.ConfigureAwait(false) is not { } good)
        {
            return await probe.ConfigureAwait(false);
        }

        await stopProbe.CancelAsync().ConfigureAwait(false);
        await ((Task)probe).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return good;
    }

    private Task<SiteHealth> ProbeAsync(ProbeTrace trace, CancellationToken cancellationToken) => prober.ProbeAsync(
        target.Site,
        target.Host,
        target.Host.Name == target.Site.Primary.Name ? HealthTarget.Primary : HealthTarget.Secondary,
        trace,
        cancellationToken);

    private async ValueTask<bool> EndsWithinAsync(Task task, TimeSpan time)
    {
        try
        {
            await task.WaitAsync(time, prober.Clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }

        return true;
    }
}
