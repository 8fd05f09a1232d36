namespace HostingOps.Sandbox.Route53;

/// <summary>One change of a batch.</summary>
/// <param name="Action"><c>CREATE</c>, <c>DELETE</c> or <c>UPSERT</c>.</param>
/// <param name="RecordSet">The record set.</param>
internal sealed record RecordChange(string Action, RecordSet RecordSet);
