using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;

namespace HostingOps.Engine.Aws;

/// <summary>
/// Turns what the AWS SDK throws into errors that say what was asked, what came back and what to do. Texts of AWS that may
/// quote credentials are left out.
/// </summary>
public static class AwsErrorTranslation
{
    /// <summary>Translates an exception of an AWS call.</summary>
    /// <param name="error">What was thrown. A HostingException in it is returned as it is.</param>
    /// <param name="target">What the call was about: a zone's name, a change's id.</param>
    /// <param name="asked">The IAM action: <c>route53:ListResourceRecordSets</c>.</param>
    /// <returns>
    /// AwsCredentialsInvalid, AwsAccessDenied, HostedZoneNotFound, AwsThrottled, AwsEndpointUnreachable, AwsAnswerUnreadable,
    /// AwsRequestFailed (of category InvalidArgument or Conflict when AWS refused, so that nothing was changed), or Unexpected.
    /// </returns>
    public static HostingException Translate(Exception error, object? target, string asked)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (AwsFailure.Find<HostingException>(error) is { } known)
        {
            return known;
        }

        if (AwsFailure.Find<AmazonUnmarshallingException>(error) is { } unreadable)
        {
            return Unreadable(unreadable, target, asked);
        }

        if (AwsFailure.Find<AmazonServiceException>(error) is { } answer && (!string.IsNullOrEmpty(answer.ErrorCode) || (int)answer.StatusCode >= 400))
        {
            return AwsAnswerTranslation.Translate(answer, target, asked);
        }

        if (IsConnectionFailure(error))
        {
            return Unreachable(error, target, asked);
        }

        return error switch
        {
            AmazonClientException => new HostingException(
                ErrorIds.AwsRequestFailed, HostingErrorCategory.InvalidArgument, target, $"Asking AWS for {asked} failed before it was sent: {error.Message}", null, error),

            // It came back, but with no code and no status: whether anything was done cannot be told.
            AmazonServiceException => new HostingException(
                ErrorIds.AwsRequestFailed, HostingErrorCategory.ConnectionError, target, $"Asking AWS for {asked} failed without an answer that says why: {error.Message}", null, error),
            _ => new HostingException(
                ErrorIds.Unexpected, HostingErrorCategory.NotSpecified, target, $"Asking AWS for {asked} failed: {error.Message}", null, error),
        };
    }

    /// <summary>Nothing was answered: no name, no connection, no TLS, or a connection that broke or ran out of time.</summary>
    internal static bool IsConnectionFailure(Exception error) => AwsFailure.Chain(error).Any(static cause =>
        cause is HttpRequestException or TimeoutException or IOException or SocketException or AuthenticationException or System.Net.WebException
            or OperationCanceledException);

    private static HostingException Unreachable(Exception error, object? target, string asked)
    {
        var http = AwsFailure.Find<HttpRequestException>(error);
        var socket = AwsFailure.Find<SocketException>(error);
        var seen = (http?.HttpRequestError, socket?.SocketErrorCode) switch
        {
            (HttpRequestError.NameResolutionError, _) or (_, SocketError.HostNotFound) => $"its name was not found ({http?.Message ?? socket?.Message})",
            (_, SocketError.ConnectionRefused) => $"the connection was refused ({http?.Message ?? socket!.Message})",
            (HttpRequestError.SecureConnectionError, _) => $"TLS failed ({AwsFailure.Find<AuthenticationException>(error)?.Message ?? http.Message})",
            (HttpRequestError.ProxyTunnelError, _) => $"the proxy did not connect ({http.Message})",
            _ when AwsFailure.Find<TimeoutException>(error) is { } timeout && http is null => timeout.Message,
            _ => (http ?? (Exception?)socket ?? error).Message,
        };
        return new HostingException(
            ErrorIds.AwsEndpointUnreachable,
            HostingErrorCategory.ConnectionError,
            target,
            $"The AWS endpoint did not answer {asked}: {seen.TrimEnd('.')}.",
            "Check the network, the proxy and, where one is set, the endpoint URL.",
            error);
    }

    private static HostingException Unreadable(AmazonUnmarshallingException error, object? target, string asked)
    {
        var seen = error.InnerException?.Message is { Length: > 0 } what ? what : "something unreadable";
        return new HostingException(
            ErrorIds.AwsAnswerUnreadable,
            HostingErrorCategory.ProtocolError,
            target,
            FormattableString.Invariant($"The answer to {asked} (HTTP {(int)error.StatusCode}) is not one of AWS: expected its XML, came {seen}."),
            "Something between here and AWS answers in its place: a proxy, a captive portal, or a wrong endpoint URL.",
            error);
    }
}
