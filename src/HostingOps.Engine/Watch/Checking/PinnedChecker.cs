using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Checking;

/// <summary>Checks targets over the network.</summary>
/// <param name="prober">Makes the full probes; disposed with this.</param>
internal sealed class PinnedChecker(SiteProber prober) : ITargetChecker
{
    private readonly TrustedRoots roots = new();
    private readonly ChainMemory chains = new(prober.Clock);

    /// <inheritdoc/>
    public ITargetCheck For(WatchTarget target) => new PinnedCheck(prober, roots, chains, target);

    /// <inheritdoc/>
    public void Dispose() => prober.Dispose();
}
