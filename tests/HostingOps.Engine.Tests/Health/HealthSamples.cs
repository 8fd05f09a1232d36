using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.Tests.Health;

/// <summary>Sites, hosts and observations for the tests of this folder.</summary>
internal static class HealthSamples
{
    /// <summary>Generous: no test waits for it unless a timeout is what it tests.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static HealthCheckPolicy Http => new() { Scheme = "http", Timeout = Patience };

    public static SiteHost Host(string name, int port = 80, string address = "127.0.0.1", int at = 80) => new()
    {
        Name = name,
        Provider = name,
        Address = address,
        ConnectTo = port == at ? new Dictionary<int, string>() : new Dictionary<int, string> { [at] = $"{address}:{port}" },
    };

    public static HostedSite Site(HealthCheckPolicy? check = null, string domain = "acme.example", string name = "acme") => new()
    {
        Name = name,
        Domain = domain,
        Aliases = ["acmelaw.example"],
        Record = name + ".sites.example.net",
        Zone = "sites.example.net",
        Primary = Host("do-1"),
        Secondary = Host("li-1", address: "127.0.0.2"),
        Check = check ?? Http,
    };

    public static SiteHealth Seen(SiteStatus status) => new()
    {
        SiteName = "acme",
        Target = HealthTarget.Primary,
        Status = status,
        Reason = status + ".",
        CheckedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>A port on which nothing listens, held so that nobody else takes it.</summary>
    public static Socket ClosedPort(out int port, IPAddress? address = null)
    {
        var socket = new Socket((address ?? IPAddress.Loopback).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address ?? IPAddress.Loopback, 0));
        port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        return socket;
    }
}
