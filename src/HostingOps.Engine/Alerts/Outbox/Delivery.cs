namespace HostingOps.Engine.Alerts.Outbox;

/// <summary>One alert for one channel.</summary>
/// <param name="Id">Its number in its store.</param>
/// <param name="Key">The same for every try, in every process.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="Alert">The alert.</param>
/// <param name="PostedAt">When it was posted.</param>
/// <param name="Attempts">How often it was tried, this time included once it is claimed.</param>
internal sealed record Delivery(long Id, string Key, string Channel, HostingAlert Alert, DateTimeOffset PostedAt, int Attempts);
