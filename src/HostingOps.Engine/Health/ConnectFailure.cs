using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.Health;

/// <summary>Tells a host that does not answer (Down) from a machine that cannot ask (Unknown).</summary>
internal static class ConnectFailure
{
    /// <summary>What a failed TCP connection means.</summary>
    /// <param name="error">The socket's error.</param>
    /// <param name="endpoint">Where it was to lead.</param>
    /// <param name="sourceFor">Which of our addresses would be used to reach an address, or null without a route.</param>
    public static ProbeFailure OfConnect(SocketError error, IPEndPoint endpoint, Func<IPAddress, IPAddress?> sourceFor)
    {
        switch (error)
        {
            case SocketError.ConnectionRefused:
                return Down(ProbePhase.Connect, $"{endpoint} refuses connections");
            case SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.ProcessLimit:
                return Unknown(ProbePhase.Connect, $"this machine is out of sockets or memory for them ({error})");
            case SocketError.AddressAlreadyInUse:
                return Unknown(ProbePhase.Connect, "this machine is out of free local ports");
            case SocketError.AccessDenied:
                return Unknown(ProbePhase.Connect, $"this machine's own rules do not let a connection to {endpoint} out");
            case SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported or SocketError.ProtocolNotSupported:
                return Unknown(ProbePhase.Connect, $"this machine has no {Family(endpoint)}");
            case SocketError.NetworkDown:
                return Unknown(ProbePhase.Connect, "this machine's network is down");
        }

        // Unreachable may be said by our own kernel or by a far router; only the second is about the host.
        var source = sourceFor(endpoint.Address);
        if (source is null)
        {
            return Unknown(ProbePhase.Connect, $"this machine has no route to {endpoint.Address}");
        }

        if (LocalRoute.IsTooLocal(source, endpoint.Address))
        {
            return Unknown(ProbePhase.Connect, $"this machine has only local IPv6 addresses ({source}) to reach {endpoint.Address} from");
        }

        return error switch
        {
            SocketError.AddressNotAvailable => Unknown(ProbePhase.Connect, "this machine is out of free local ports"),
            SocketError.TimedOut => Silent($"{endpoint} does not answer a connection"),
            SocketError.ConnectionReset or SocketError.ConnectionAborted => Down(ProbePhase.Connect, $"{endpoint} breaks connections off"),
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.HostDown =>
                Silent($"{endpoint.Address} is unreachable from here, says the network"),
            _ => Down(ProbePhase.Connect, $"no connection to {endpoint} ({error})"),
        };
    }

    /// <summary>What it means that an open connection broke.</summary>
    /// <param name="error">The socket's error.</param>
    /// <param name="endpoint">Where it led.</param>
    /// <param name="phase">What it was used for.</param>
    /// <param name="whenSeen">What was under way, to end the sentence with: <c>without an answer</c>.</param>
    /// <param name="sourceFor">Which of our addresses would be used to reach an address, or null without a route.</param>
    public static ProbeFailure OfBreak(
        SocketError error, IPEndPoint endpoint, ProbePhase phase, string whenSeen, Func<IPAddress, IPAddress?> sourceFor)
    {
        if (error == SocketError.ConnectionReset)
        {
            return Down(phase, $"{endpoint} resets the connection {whenSeen}");
        }

        // An open connection breaks by our own network as it fails to open by it: a cable pulled, a firewall reloaded.
        var asIfOpened = OfConnect(error, endpoint, sourceFor);
        return asIfOpened.Status == SiteStatus.Unknown
            ? asIfOpened with { Phase = phase }
            : Down(phase, $"{endpoint} breaks the connection off {whenSeen} ({error})");
    }

    /// <summary>What a failed name lookup means.</summary>
    public static ProbeFailure OfResolve(SocketError error, string name) => error switch
    {
        SocketError.HostNotFound => Down(ProbePhase.Resolve, $"the name {name} does not exist"),
        SocketError.NoData => Down(ProbePhase.Resolve, $"the name {name} has no address"),

        // "Try again" is what a resolver without network says, but also what it makes of a broken delegation.
        _ => Unknown(ProbePhase.Resolve, $"this machine's resolver could not look {name} up ({error})"),
    };

    /// <summary>What it means that the probe's time ran out in a phase.</summary>
    public static ProbeFailure OfTimeout(ProbePhase phase, TimeSpan timeout, IPEndPoint? endpoint, string name, Func<IPAddress, IPAddress?> sourceFor)
    {
        var within = $"within {Durations.Text(timeout)}";
        if (endpoint is not null && phase >= ProbePhase.Connect && sourceFor(endpoint.Address) is null)
        {
            return Unknown(phase, $"this machine has lost its route to {endpoint.Address}");
        }

        return phase switch
        {
            ProbePhase.None or ProbePhase.Resolve => Unknown(ProbePhase.Resolve, $"this machine's resolver did not look {name} up {within}"),
            ProbePhase.Connect when endpoint is not null && LocalRoute.IsTooLocal(sourceFor(endpoint.Address), endpoint.Address) =>
                OfConnect(SocketError.TimedOut, endpoint, sourceFor),
            ProbePhase.Connect => Silent($"{endpoint} does not answer a connection {within}"),
            ProbePhase.Tls => Down(phase, $"{endpoint} takes connections but does not finish the TLS handshake {within}"),
            ProbePhase.Body => Down(phase, $"the answer's body does not arrive {within}"),
            _ => Down(ProbePhase.FirstByte, $"{endpoint} takes the request but does not answer {within}"),
        };
    }

    private static string Family(IPEndPoint endpoint) => endpoint.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";

    private static ProbeFailure Down(ProbePhase phase, string reason) => new(SiteStatus.Down, phase, reason);

    private static ProbeFailure Silent(string reason) => new(SiteStatus.Down, ProbePhase.Connect, reason) { IsSilence = true };

    private static ProbeFailure Unknown(ProbePhase phase, string reason) => new(SiteStatus.Unknown, phase, reason);
}
