namespace HostingOps.Engine.Dns;

/// <summary>A hosted zone that was found in the account.</summary>
/// <param name="Id">Its id without <c>/hostedzone/</c>.</param>
/// <param name="Name">Its name without trailing dot.</param>
/// <param name="RecordSetCount">How many record sets it has, as Route 53 counts them.</param>
public sealed record HostedZoneReference(string Id, string Name, long RecordSetCount);
