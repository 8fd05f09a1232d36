using System.Net;

namespace HostingOps.Sandbox.Apex;

/// <summary>An instance that boots.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="UserData">Its user data, decoded from base64; empty when there is none.</param>
/// <param name="Address">The loopback address that stands for the instance; on macOS, which has one only, all instances share it.</param>
internal sealed record InstanceBoot(string InstanceId, ReadOnlyMemory<byte> UserData, IPAddress Address)
{
    /// <summary>The key pair, or null for none: then nobody can log in.</summary>
    public string? KeyName { get; init; }
}
