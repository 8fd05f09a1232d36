namespace HostingOps.Bench.Module;

/// <summary>An object to send down the pipeline.</summary>
/// <param name="Number">Which one.</param>
public sealed record HostedSiteStandIn(int Number);
