namespace HostingOps.Sandbox;

/// <summary>Where everything of a sandbox is.</summary>
/// <param name="AwsUrl">The AWS endpoint.</param>
/// <param name="NameServer">The DNS server, <c>address:port</c>.</param>
/// <param name="ObserverUrl">An address that always answers 200.</param>
/// <param name="CaFile">The sites' authority as a PEM file.</param>
/// <param name="InventoryPath">The rehearsal inventory's file.</param>
/// <param name="ConnectTo">By host name: where connections to its public ports go.</param>
/// <param name="ApexConnectTo">By <c>address:port</c>: where connections to EC2's public addresses go.</param>
internal sealed record SandboxEndpoints(
    string AwsUrl,
    string NameServer,
    string ObserverUrl,
    string CaFile,
    string InventoryPath,
    IReadOnlyDictionary<string, IReadOnlyDictionary<int, string>> ConnectTo,
    IReadOnlyDictionary<string, string> ApexConnectTo)
{
    /// <summary>Who logs in to instances, or null when they have no ssh.</summary>
    public string? SshUser { get; init; }
}
