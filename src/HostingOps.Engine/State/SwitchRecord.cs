namespace HostingOps.Engine.State;

/// <summary>One move of one site that the journal knows of: made, or begun and not ended.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="SiteName">The site.</param>
/// <param name="Kind">Why it was moved.</param>
/// <param name="From">Name of the host it left, or null.</param>
/// <param name="To">Name of the host it went to, or null.</param>
/// <param name="At">When the switch was written down as done or, before that, when its operation began (UTC).</param>
internal sealed record SwitchRecord(
    string OperationId, string SiteName, FailoverKind Kind, string? From, string? To, DateTimeOffset At);
