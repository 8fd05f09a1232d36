using System.Globalization;

namespace HostingOps.Engine.Aws;

/// <summary>
/// Bounds a request from the first byte sent to the last byte read, in time and in the size of its answer. Each way of
/// running out has its own exception: HttpRequestException when nothing was sent, TimeoutException when the request may have
/// arrived, AwsAnswerUnreadable when the answer does not end.
/// </summary>
internal sealed class AwsBoundsHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>For name, connection and TLS together.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>For the whole request.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(20);

    /// <summary>AWS's own answers have a megabyte at most: 300 record sets, or 1,000 instances.</summary>
    public const int MaxAnswerBytes = 64 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(RequestTimeout);
        try
        {
            var response = await base.SendAsync(request, deadline.Token).ConfigureAwait(false);

            // Read here, under the deadline: the SDK reads the body later, with no limit of its own.
            var body = new ByteArrayContent(await ReadAsync(response, request.RequestUri, deadline.Token).ConfigureAwait(false));
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

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, Uri? asked, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var whole = new MemoryStream((int)Math.Min(response.Content.Headers.ContentLength ?? 0, 64 * 1024));
        var part = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(part, cancellationToken).ConfigureAwait(false)) > 0)
        {
            whole.Write(part, 0, read);
            if (whole.Length > MaxAnswerBytes)
            {
                // The connection still brings more; nobody is to use it again.
                response.Dispose();
                throw new HostingException(
                    ErrorIds.AwsAnswerUnreadable,
                    HostingErrorCategory.ProtocolError,
                    asked?.Host,
                    string.Create(CultureInfo.InvariantCulture, $"The answer of {asked?.Authority} is over {MaxAnswerBytes / 1024 / 1024} MiB and was not read to its end: AWS sends none so large."),
                    "Something between here and AWS answers in its place: a proxy, a captive portal, or a wrong endpoint URL.");
            }
        }

        return whole.ToArray();
    }
}
