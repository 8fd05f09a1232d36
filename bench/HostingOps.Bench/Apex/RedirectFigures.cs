namespace HostingOps.Bench.Apex;

/// <summary>What one run of a redirector gave.</summary>
internal sealed record RedirectFigures(
    double ConfigKiB, double TestMilliseconds, double StartMilliseconds, double ReloadMilliseconds, double WorkerMiB, double BothMiB, double HandshakeMilliseconds);
