using System.Globalization;

namespace HostingOps.Engine.Aws;

/// <summary>
/// Bounds a request from the first byte sent to the last byte read, and gives each way of running out of time its own
/// exception: HttpRequestException when nothing was sent, TimeoutException when the request may have arrived.
/// </summary>
internal sealed class AwsTimeoutHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>For name, connection and TLS together.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>For the whole request.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(20);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(RequestTimeout);
        try
        {
            var response = await base.SendAsync(request, deadline.Token).ConfigureAwait(false);

            // Read here, under the deadline: the SDK reads the body later, with no limit of its own.
            var body = new ByteArrayContent(await response.Content.ReadAsByteArrayAsync(deadline.Token).ConfigureAwait(false));
            foreach (var header in response.Content.Headers)
            {
                body.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            response.Content = body;
            return response;
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw deadline.IsCancellationRequested
                ? new TimeoutException(
                    string.Create(CultureInfo.InvariantCulture, $"No complete answer within {RequestTimeout.TotalSeconds:0} s."), canceled)
                : new HttpRequestException(
                    HttpRequestError.ConnectionError,
                    string.Create(CultureInfo.InvariantCulture, $"No connection within {ConnectTimeout.TotalSeconds:0} s."),
                    canceled);
        }
    }
}
