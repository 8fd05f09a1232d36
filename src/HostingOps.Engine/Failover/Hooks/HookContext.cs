namespace HostingOps.Engine.Failover.Hooks;

/// <summary>What the placeholders of a hook stand for.</summary>
/// <param name="Site">The site.</param>
/// <param name="Active">The host it leaves, or null when the record points to neither host.</param>
/// <param name="Standby">The host it goes to, or null when that can't be told.</param>
/// <param name="OperationId">The operation's id, or null when there is none yet.</param>
internal sealed record HookContext(HostedSite Site, SiteHost? Active, SiteHost? Standby, string? OperationId);
