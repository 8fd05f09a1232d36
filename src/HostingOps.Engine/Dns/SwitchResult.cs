namespace HostingOps.Engine.Dns;

/// <summary>What became of one site's switch.</summary>
/// <param name="Switch">The switch.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="ChangeId">Route 53's change id, when it is known.</param>
/// <param name="Error">Why it did not happen, or null.</param>
/// <param name="Note">One sentence when it happened in an unusual way, or null.</param>
public sealed record SwitchResult(DnsSwitch Switch, SwitchOutcome Outcome, string? ChangeId = null, HostingException? Error = null, string? Note = null);
