using System.Globalization;
using System.Text;

namespace HostingOps.Sandbox.Http;

/// <summary>Writes answers onto a connection (RFC 9112 §4).</summary>
internal sealed class HttpAnswerWriter(Stream stream, TimeProvider timeProvider)
{
    /// <summary>Writes one answer in one piece.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="isHead">Whether the request was HEAD: the body stays away, its length does not.</param>
    /// <param name="keepAlive">Whether the connection stays open after it.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task WriteAsync(HttpAnswer answer, bool isHead, bool keepAlive, CancellationToken cancellationToken)
    {
        var hasBody = answer.Status is >= 200 and not (204 or 304);
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} {Reason(answer.Status)}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Date: {timeProvider.GetUtcNow():R}\r\n");
        foreach (var (name, value) in answer.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (hasBody)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {answer.Body.Length}\r\n");
        }

        head.Append(keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
        byte[] bytes = [.. Encoding.UTF8.GetBytes(head.ToString()), .. hasBody && !isHead ? answer.Body : []];
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        201 => "Created",
        301 => "Moved Permanently",
        302 => "Found",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "Status",
    };
}
