using System.Globalization;
using System.Text;

namespace HostingOps.Sandbox.Http;

/// <summary>
/// Reads HTTP/1.1 requests one after the other from a connection (RFC 9112). Strict where leniency would let two
/// readers of the same bytes disagree: one body length, CRLF line ends, no whitespace before the colon.
/// </summary>
internal sealed class HttpRequestReader(Stream stream, HttpLimits limits, bool isTls)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] buffer = new byte[8192];
    private int start;
    private int end;
    private int headBytes;

    /// <summary>The next request, or null when the client closed between requests.</summary>
    /// <exception cref="HttpProtocolException">What came is not a request.</exception>
    public async Task<HttpRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        headBytes = 0;
        var requestLine = await ReadLineAsync(mayEnd: true, cancellationToken).ConfigureAwait(false);
        // An empty line before the request line is to be ignored (RFC 9112 §2.2); one is enough for real clients.
        if (requestLine is { Length: 0 })
        {
            requestLine = await ReadLineAsync(mayEnd: true, cancellationToken).ConfigureAwait(false);
        }

        if (requestLine is null)
        {
            return null;
        }

        var (method, target, minorVersion) = ParseRequestLine(requestLine);
        var headers = await ReadFieldsAsync(cancellationToken).ConfigureAwait(false);
        if (minorVersion >= 1 && !headers.ContainsKey("host"))
        {
            throw new HttpProtocolException(400, "The Host header is missing.");
        }

        var body = await ReadBodyAsync(headers, minorVersion, cancellationToken).ConfigureAwait(false);
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return new HttpRequest
        {
            Method = method,
            Path = question < 0 ? target : target[..question],
            Query = question < 0 ? "" : target[(question + 1)..],
            Target = target,
            MinorVersion = minorVersion,
            Headers = headers,
            Body = body,
            IsTls = isTls,
        };
    }

    private static (string Method, string Target, int MinorVersion) ParseRequestLine(string line)
    {
        var parts = line.Split(' ');
        if (parts.Length != 3 || parts[0].Length == 0 || !parts[0].All(char.IsAsciiLetterUpper))
        {
            throw new HttpProtocolException(400, "The request line is not 'METHOD target HTTP/1.1'.");
        }

        var minorVersion = parts[2] switch
        {
            "HTTP/1.1" => 1,
            "HTTP/1.0" => 0,
            _ => throw new HttpProtocolException(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."),
        };
        var target = parts[1];
        if (Uri.TryCreate(target, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https")
        {
            target = absolute.PathAndQuery;
        }

        return target.StartsWith('/') || target == "*"
            ? (parts[0], target, minorVersion)
            : throw new HttpProtocolException(400, "The request target is not a path.");
    }

    private async Task<Dictionary<string, string>> ReadFieldsAsync(CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var count = 0; ; count++)
        {
            var line = await ReadLineAsync(mayEnd: false, cancellationToken).ConfigureAwait(false);
            if (line!.Length == 0)
            {
                return fields;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(' ', '\t'))
            {
                throw new HttpProtocolException(400, "A header field is not 'name: value'.");
            }

            if (count >= limits.HeaderFields)
            {
                throw new HttpProtocolException(431, "Too many header fields.");
            }

            var name = line[..colon].ToLowerInvariant();
            var value = line[(colon + 1)..].Trim(' ', '\t');
            if (name == "host" && fields.ContainsKey(name))
            {
                throw new HttpProtocolException(400, "There are two Host headers.");
            }

            fields[name] = fields.TryGetValue(name, out var earlier) ? earlier + ", " + value : value;
        }
    }

    private async Task<byte[]> ReadBodyAsync(Dictionary<string, string> headers, int minorVersion, CancellationToken cancellationToken)
    {
        var isChunked = headers.TryGetValue("transfer-encoding", out var encoding);
        var hasLength = headers.TryGetValue("content-length", out var lengthText);
        if (isChunked && (hasLength || minorVersion == 0))
        {
            throw new HttpProtocolException(400, "Transfer-Encoding goes neither with Content-Length nor with HTTP/1.0.");
        }

        if (isChunked && !string.Equals(encoding, "chunked", StringComparison.OrdinalIgnoreCase))
        {
            throw new HttpProtocolException(501, "Only the transfer coding 'chunked' is known.");
        }

        var length = 0;
        if (hasLength && !int.TryParse(lengthText, NumberStyles.None, CultureInfo.InvariantCulture, out length))
        {
            var isNumber = lengthText!.Length > 0 && lengthText.All(char.IsAsciiDigit);
            throw new HttpProtocolException(isNumber ? 413 : 400, "Content-Length is not a length this server takes.");
        }

        if (length > limits.BodyBytes)
        {
            throw new HttpProtocolException(413, "The body is too large.");
        }

        if (isChunked || length > 0)
        {
            await AnswerExpectationAsync(headers, minorVersion, cancellationToken).ConfigureAwait(false);
        }

        return isChunked
            ? await ReadChunksAsync(cancellationToken).ConfigureAwait(false)
            : await ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false);
    }

    private async Task AnswerExpectationAsync(Dictionary<string, string> headers, int minorVersion, CancellationToken cancellationToken)
    {
        if (minorVersion == 0 || !headers.TryGetValue("expect", out var expect))
        {
            return;
        }

        if (!string.Equals(expect, "100-continue", StringComparison.OrdinalIgnoreCase))
        {
            throw new HttpProtocolException(417, "Only 'Expect: 100-continue' can be met.");
        }

        // When the body is already here the client did not wait, and the interim answer may be left out (RFC 9110 §10.1.1).
        if (start == end)
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<byte[]> ReadChunksAsync(CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        while (true)
        {
            headBytes = 0;
            var line = await ReadLineAsync(mayEnd: false, cancellationToken).ConfigureAwait(false);
            var sizeText = line!.Split(';', 2)[0].Trim(' ', '\t');
            if (sizeText.Length is 0 or > 8
                || !uint.TryParse(sizeText, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size))
            {
                throw new HttpProtocolException(400, "A chunk size is not a hexadecimal number.");
            }

            if (size == 0)
            {
                await ReadFieldsAsync(cancellationToken).ConfigureAwait(false);
                return body.ToArray();
            }

            if (body.Length + size > limits.BodyBytes)
            {
                throw new HttpProtocolException(413, "The body is too large.");
            }

            body.Write(await ReadExactlyAsync((int)size, cancellationToken).ConfigureAwait(false));
            if (await ReadLineAsync(mayEnd: false, cancellationToken).ConfigureAwait(false) is not "")
            {
                throw new HttpProtocolException(400, "A chunk is longer than its size says.");
            }
        }
    }

    private async Task<byte[]> ReadExactlyAsync(int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        for (var filled = 0; filled < length;)
        {
            if (start == end && !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new HttpProtocolException(400, "The connection ended within the body.");
            }

            var count = Math.Min(end - start, length - filled);
            buffer.AsSpan(start, count).CopyTo(bytes.AsSpan(filled));
            start += count;
            filled += count;
        }

        return bytes;
    }

    private async Task<string?> ReadLineAsync(bool mayEnd, CancellationToken cancellationToken)
    {
        var line = new List<byte>(128);
        while (true)
        {
            if (start == end && !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return mayEnd && line.Count == 0
                    ? null
                    : throw new HttpProtocolException(400, "The connection ended within the header.");
            }

            var next = buffer[start++];
            if (++headBytes > limits.HeadBytes)
            {
                throw new HttpProtocolException(431, "The header is too large.");
            }

            if (next != '\n')
            {
                line.Add(next);
                continue;
            }

            if (line.Count == 0 || line[^1] != '\r')
            {
                throw new HttpProtocolException(400, "A line does not end with CRLF.");
            }

            line.RemoveAt(line.Count - 1);
            return Decode(line);
        }
    }

    private static string Decode(List<byte> line)
    {
        if (line.Exists(value => value is < 0x20 and not (byte)'\t' or 0x7f))
        {
            throw new HttpProtocolException(400, "The header holds control characters.");
        }

        try
        {
            return StrictUtf8.GetString(line.ToArray());
        }
        catch (DecoderFallbackException)
        {
            throw new HttpProtocolException(400, "The header is neither ASCII nor UTF-8.");
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(limits.Idle);
        start = 0;
        end = 0;
        end = await stream.ReadAsync(buffer, idle.Token).ConfigureAwait(false);
        return end > 0;
    }
}
