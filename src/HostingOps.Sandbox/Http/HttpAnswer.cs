using System.Text;

namespace HostingOps.Sandbox.Http;

/// <summary>What a handler answers: a response, or a connection that ends without one.</summary>
internal sealed class HttpAnswer
{
    /// <summary>The connection is reset without a byte of answer.</summary>
    public static HttpAnswer Reset { get; } = new() { Status = 0 };

    /// <summary>The status code, or 0 for <see cref="Reset"/>.</summary>
    public required int Status { get; init; }

    /// <summary>Header fields in order. Content-Length, Date and Connection are added.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body; not sent for HEAD, 204 and 304.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>A text answer in UTF-8.</summary>
    public static HttpAnswer Text(int status, string contentType, string body, params KeyValuePair<string, string>[] headers) => new()
    {
        Status = status,
        Headers = [new("Content-Type", contentType), .. headers],
        Body = Encoding.UTF8.GetBytes(body),
    };
}
