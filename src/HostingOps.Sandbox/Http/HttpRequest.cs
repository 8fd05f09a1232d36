namespace HostingOps.Sandbox.Http;

/// <summary>One request, read whole.</summary>
internal sealed class HttpRequest
{
    /// <summary>The method as sent, for example <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The path, still percent-encoded, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>The query after the question mark, or empty.</summary>
    public required string Query { get; init; }

    /// <summary>Path and query as sent: an empty query keeps its question mark.</summary>
    public string Target { get; init; } = "/";

    /// <summary>1 for HTTP/1.1, 0 for HTTP/1.0.</summary>
    public required int MinorVersion { get; init; }

    /// <summary>Header fields by lower-cased name; several of one name are joined with a comma (RFC 9110 §5.3).</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body after chunked decoding.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Whether it came over TLS.</summary>
    public bool IsTls { get; init; }

    /// <summary>The host of the Host header, lower-cased and without port, or empty.</summary>
    public string Host
    {
        get
        {
            var host = Header("host") ?? "";
            var colon = host.LastIndexOf(':');
            return (colon >= 0 && !host.EndsWith(']') ? host[..colon] : host).TrimEnd('.').ToLowerInvariant();
        }
    }

    /// <summary>A header field's value, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Whether the client wants the connection to stay open (RFC 9112 §9.3).</summary>
    public bool KeepAlive
    {
        get
        {
            var options = (Header("connection") ?? "").Split(',', StringSplitOptions.TrimEntries);
            return MinorVersion >= 1
                ? !options.Contains("close", StringComparer.OrdinalIgnoreCase)
                : options.Contains("keep-alive", StringComparer.OrdinalIgnoreCase);
        }
    }
}
