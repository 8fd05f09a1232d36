namespace HostingOps;

/// <summary>
/// A running rehearsal world on loopback: Route 53 and EC2, a DNS server, and the inventory's sites on their two hosts.
/// Nothing in it reaches AWS.
/// </summary>
public abstract class HostingSandbox : IAsyncDisposable, IDisposable
{
    /// <summary>Identifies the sandbox within this process.</summary>
    public abstract string Id { get; }

    /// <summary>The AWS endpoint, <c>http://127.0.0.1:port</c>, for -EndpointUrl and for the aws CLI's --endpoint-url.</summary>
    public abstract string EndpointUrl { get; }

    /// <summary>The authoritative DNS server, <c>127.0.0.1:port</c>, UDP and TCP.</summary>
    public abstract string NameServer { get; }

    /// <summary>The id of the hosted zone.</summary>
    public abstract string ZoneId { get; }

    /// <summary>An inventory file for the sandbox: the one it was started with, with its endpoints replaced. Binds to -InventoryPath.</summary>
    public abstract string InventoryPath { get; }

    /// <summary>The same as an object.</summary>
    public abstract HostingInventory Inventory { get; }

    /// <summary>Whether it runs.</summary>
    public abstract bool IsRunning { get; }

    /// <summary>Names of the hosts that are switched off.</summary>
    public abstract IReadOnlyList<string> StoppedHosts { get; }

    /// <summary>The Elastic IP of the inventory's bare domains, or null when the inventory has no apex.</summary>
    public abstract string? ElasticIp { get; }

    /// <summary>
    /// Where connections to the public addresses of EC2 go: <c>198.51.100.99:80</c> to <c>127.0.0.1:41080</c> and so on, for
    /// the Elastic IPs and for the addresses that instances have of their own. Binds to -ConnectTo.
    /// </summary>
    public abstract IReadOnlyDictionary<string, string> ConnectTo { get; }

    /// <summary>Names of EC2's availability zones.</summary>
    public abstract IReadOnlyList<string> AvailabilityZones { get; }

    /// <summary>Names of the availability zones that have failed.</summary>
    public abstract IReadOnlyList<string> StoppedZones { get; }

    /// <summary>
    /// Fails an availability zone: its instances fall silent, fail their status checks and can't be terminated, and nothing
    /// can be launched there. Addresses can still be moved away.
    /// </summary>
    /// <exception cref="HostingException">No such zone.</exception>
    public abstract void StopZone(string zoneName);

    /// <summary>Brings an availability zone back, with what runs in it.</summary>
    /// <exception cref="HostingException">No such zone.</exception>
    public abstract void StartZone(string zoneName);

    /// <summary>Switches a host off: its sites refuse connections.</summary>
    /// <exception cref="HostingException">No such host.</exception>
    public abstract void StopHost(string hostName);

    /// <summary>Switches a host on again, without faults.</summary>
    /// <exception cref="HostingException">No such host.</exception>
    public abstract void StartHost(string hostName);

    /// <summary>Makes one site on one host misbehave.</summary>
    /// <param name="siteName">The site.</param>
    /// <param name="hostName">The host, or null for both.</param>
    /// <param name="fault">What it does.</param>
    /// <exception cref="HostingException">No such site or host.</exception>
    public abstract void SetFault(string siteName, string? hostName, SandboxFault fault);

    /// <summary>Stops everything and deletes the inventory file.</summary>
    public abstract ValueTask DisposeAsync();

    /// <inheritdoc/>
    public override string ToString() => $"{Id} at {EndpointUrl}";

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }
}
