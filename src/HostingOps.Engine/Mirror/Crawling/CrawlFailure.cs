using System.Net.Sockets;
using System.Security.Authentication;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>Says in a few words why a request had no answer.</summary>
internal static class CrawlFailure
{
    /// <summary>The words, and whether to ask again would be of use.</summary>
    public static (string Reason, bool IsFinal) Explain(Exception exception, TimeSpan timeout)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case CrawlRefusedException refused:
                    return (refused.Message, true);
                case ProbeFailedException failed:
                    return (failed.Failure.Reason, false);
                case AuthenticationException tls when tls.InnerException is not CrawlRefusedException:
                    return ("no TLS: " + tls.Message.TrimEnd('.'), true);
                case SocketException socket:
                    return ($"no connection: {socket.SocketErrorCode}", false);
                case InvalidDataException data:
                    return ("the body cannot be used: " + data.Message.TrimEnd('.'), true);
                case OperationCanceledException:
                    return (FormattableString.Invariant($"no answer within {timeout.TotalSeconds:0.#} s"), false);
            }
        }

        return ("the connection broke: " + exception.Message.TrimEnd('.'), false);
    }

    /// <summary>Whether it is a failure of the request, and not of this program.</summary>
    public static bool IsOfRequest(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException or InvalidDataException or CrawlRefusedException or ProbeFailedException;
}
