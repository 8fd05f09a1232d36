namespace HostingOps.Engine.Watch.Witnesses.Route53;

/// <summary>What one of Route 53's checkers saw last.</summary>
/// <param name="Region">Where it stands.</param>
/// <param name="Status">Its words.</param>
/// <param name="CheckedAt">When it looked, or null.</param>
internal sealed record CheckerObservation(string Region, string Status, DateTimeOffset? CheckedAt);
