using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Checking;

/// <summary>Checks targets over the network.</summary>
/// <param name="prober">Makes the full probes; disposed with this.</param>
internal sealed class PinnedChecker(SiteProber prober) : ITargetChecker
{
    private readonly TrustedRoots roots = new();

    /// <inheritdoc/>
    public ITargetCheck For(WatchTarget target) => new PinnedCheck(prober, roots, target);

    /// <inheritdoc/>
    public void Dispose() => prober.Dispose();
}
