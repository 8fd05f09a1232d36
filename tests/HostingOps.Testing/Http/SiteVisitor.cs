using System.Globalization;
using System.Net;
using System.Text;

namespace HostingOps.Testing.Http;

/// <summary>Asks a server on loopback for exactly these bytes of a target, under any name, and takes the answer as it is.</summary>
public sealed class SiteVisitor(string host, int port, string? address = null) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
    })
    { Timeout = TimeSpan.FromSeconds(30) };

    public string Host => host;

    /// <exception cref="HttpRequestException">No whole answer came.</exception>
    public async Task<RawAnswer> AskAsync(string target, string method = "GET", params (string Name, string Value)[] headers)
    {
        var uri = new Uri(
            string.Create(CultureInfo.InvariantCulture, $"http://{address ?? "127.0.0.1"}:{port}{target}"),
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), uri);
        request.Headers.Host = host;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        var fields = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(static field => field.Value.Select(value => (field.Key, value)));
        return new RawAnswer((int)response.StatusCode) { Headers = [.. fields], Body = await response.Content.ReadAsByteArrayAsync() };
    }

    public void Dispose() => client.Dispose();
}
