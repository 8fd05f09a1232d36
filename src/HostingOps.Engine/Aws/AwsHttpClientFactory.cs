using System.Net;
using Amazon.Runtime;

namespace HostingOps.Engine.Aws;

/// <summary>
/// One HTTP client for a connection's services. An unreachable endpoint fails within seconds; redirects are not followed,
/// for AWS's APIs send none and a captive portal does; an endpoint on this machine is never asked for through a proxy.
/// </summary>
internal sealed class AwsHttpClientFactory : HttpClientFactory, IDisposable
{
    private readonly Lazy<HttpClient> direct = new(static () => Create(useProxy: false));
    private readonly Lazy<HttpClient> proxied = new(static () => Create(useProxy: true));

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        For(Uri.TryCreate(clientConfig.ServiceURL, UriKind.Absolute, out var url) ? url : null);

    /// <summary>The client for an endpoint; null for one of AWS's own.</summary>
    public HttpClient For(Uri? endpoint) => AwsEnvironment.IsLoopback(endpoint) ? direct.Value : proxied.Value;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose()
    {
        foreach (var client in new[] { direct, proxied })
        {
            if (client.IsValueCreated)
            {
                client.Value.Dispose();
            }
        }
    }

    private static HttpClient Create(bool useProxy) => new(new AwsBoundsHandler(new SocketsHttpHandler
    {
        UseProxy = useProxy,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = AwsBoundsHandler.ConnectTimeout,

        // Route 53's addresses change; a connection that lives as long as the agent would not notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }))
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
