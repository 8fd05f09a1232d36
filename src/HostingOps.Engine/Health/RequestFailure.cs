using System.Net.Sockets;

namespace HostingOps.Engine.Health;

/// <summary>What it means that a request got no usable answer.</summary>
internal static class RequestFailure
{
    /// <summary>Explains.</summary>
    /// <param name="exception">What the transport threw.</param>
    /// <param name="connection">The request's connection.</param>
    /// <param name="route">Where its connections lead.</param>
    /// <param name="url">What was asked for.</param>
    /// <param name="timeout">The time that the request had.</param>
    /// <param name="deadline">The token that ends with that time.</param>
    public static ProbeFailure Explain(
        Exception exception, ProbeConnection connection, ProbeRoute route, Uri url, TimeSpan timeout, CancellationToken deadline)
    {
        if (connection.Failure is { } failure)
        {
            return failure;
        }

        if (deadline.IsCancellationRequested)
        {
            var name = route.NameToResolve(url.IdnHost, url.Port) ?? url.IdnHost;
            return ConnectFailure.OfTimeout(connection.Phase, timeout, connection.Endpoint, name, LocalRoute.SourceFor);
        }

        var phase = connection.Phase == ProbePhase.Body ? ProbePhase.Body : ProbePhase.FirstByte;
        var error = exception switch
        {
            HttpRequestException http => http.HttpRequestError,
            HttpIOException io => io.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };
        if (exception.GetBaseException() is SocketException socket && connection.Endpoint is { } endpoint)
        {
            return ConnectFailure.OfBreak(socket.SocketErrorCode, endpoint, phase, During(phase), LocalRoute.SourceFor);
        }

        return error switch
        {
            HttpRequestError.ResponseEnded => new ProbeFailure(SiteStatus.Down, phase, $"{connection.Endpoint} closes the connection {During(phase)}"),
            HttpRequestError.InvalidResponse => new ProbeFailure(SiteStatus.Down, phase, $"{connection.Endpoint} answers something that is not HTTP"),
            HttpRequestError.ConfigurationLimitExceeded =>
                new ProbeFailure(SiteStatus.Down, phase, $"{connection.Endpoint} answers with more than 64 KiB of headers"),
            _ when exception is HttpRequestException or IOException =>
                new ProbeFailure(SiteStatus.Down, phase, $"{connection.Endpoint} gives no usable answer: {exception.GetBaseException().Message.TrimEnd('.')}"),

            // Nothing known to come from the far side: a fault of this check says nothing about the site.
            _ => new ProbeFailure(SiteStatus.Unknown, phase, $"the check itself failed: {exception.GetBaseException().Message.TrimEnd('.')}"),
        };
    }

    private static string During(ProbePhase phase) => phase == ProbePhase.Body ? "in the middle of the body" : "without an answer";
}
