using System.Net;
using System.Reflection;
using System.Text;

namespace HostingOps.Engine.Health;

/// <summary>
/// The one policy by which all probes speak HTTP: every request has its own connection, opened by its
/// <see cref="ProbeConnection"/>; no redirects, proxy, cookies, decompression or authentication by the handler.
/// </summary>
internal sealed class ProbeTransport : IDisposable
{
    /// <summary>How all checks name themselves.</summary>
    public static readonly string UserAgent = $"HostingOps/{Version()} (+health check)";

    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,

        // With no lifetime and no limit the handler keeps no connection, and gives each request a pool of its own:
        // a probe never rides on another's connection, so a dead listener or another host's answer can't hide behind it.
        PooledConnectionLifetime = TimeSpan.Zero,
        PooledConnectionIdleTimeout = TimeSpan.Zero,
        MaxConnectionsPerServer = int.MaxValue,
        MaxResponseDrainSize = 0,
        MaxResponseHeadersLength = 64,
        ConnectTimeout = Timeout.InfiniteTimeSpan,

        // Servers put UTF-8 into Location; the default would read it as Latin-1.
        ResponseHeaderEncodingSelector = static (name, _) => name == "Location" ? Encoding.UTF8 : null,
        ConnectCallback = static (context, _) => context.InitialRequestMessage.Options.TryGetValue(ProbeConnection.Key, out var connection)
            ? connection.OpenAsync()
            : throw new InvalidOperationException("A probe's request carries no connection."),
    });

    /// <summary>Sends one request on the given connection and returns once the answer's head is there.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri url, bool plainBody, string? cookies, ProbeConnection connection, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url) { Version = HttpVersion.Version11 };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.ConnectionClose = true;
        if (plainBody)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        }

        if (cookies is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        request.Options.Set(ProbeConnection.Key, connection);
        var response = await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        connection.AnswerBegan();
        return response;
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private static string Version()
    {
        var version = typeof(ProbeTransport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var build = version.IndexOf('+', StringComparison.Ordinal);
        return build < 0 ? version : version[..build];
    }
}
