namespace HostingOps.Engine.Dns.Sync;

/// <summary>Whose a record is.</summary>
/// <param name="Owner">Id of the inventory.</param>
/// <param name="SiteName">The site that it was made for.</param>
public sealed record RecordOwnership(string Owner, string SiteName);
