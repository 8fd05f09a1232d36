using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.Apex.Addresses;

/// <summary>
/// Asks a redirector for one bare domain over HTTP, pinned to an address. Every question has a connection of its own: a kept
/// one would go on talking to the instance that had the address before.
/// </summary>
public sealed class RedirectorProbe : IElasticIpProbe
{
    /// <summary>The header in which a redirector names its instance.</summary>
    public const string InstanceHeader = "X-HostingOps-Instance";

    private readonly Uri address;
    private readonly IReadOnlyDictionary<string, string> connectTo;
    private readonly TimeSpan timeout;
    private readonly string? target;

    /// <summary>Creates the probe.</summary>
    /// <param name="domain">The bare domain to ask for.</param>
    /// <param name="connectTo">By <c>address:port</c>: where connections go instead, for rehearsals, tunnels and NAT.</param>
    /// <param name="timeout">How long one question may take.</param>
    /// <param name="pathAndQuery">What is asked for there.</param>
    /// <param name="target">The name that alone counts as redirected to, over https; null for any redirect.</param>
    public RedirectorProbe(string domain, IReadOnlyDictionary<string, string> connectTo, TimeSpan timeout, string pathAndQuery = "/", string? target = null)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(connectTo);
        address = new Uri($"http://{domain}{pathAndQuery}");
        this.connectTo = connectTo;
        this.timeout = timeout;
        this.target = target;
    }

    /// <inheritdoc/>
    public async Task<ElasticIpAnswer> AskAsync(string publicIp, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timeout);
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = (_, stop) => ConnectAsync(publicIp, stop),
        };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.ConnectionClose = true;
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            var named = response.Headers.TryGetValues(InstanceHeader, out var values) ? string.Join(",", values) : null;
            var location = response.Headers.Location;
            return new(
                (int)response.StatusCode is 301 or 302 or 307 or 308 && location is not null && LeadsToTarget(location),
                named,
                FormattableString.Invariant($"{(int)response.StatusCode}{(location is null ? "" : $" to {location}")} for {address.Host}"))
            {
                Status = (int)response.StatusCode,
                Location = location?.OriginalString,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(false, null, FormattableString.Invariant($"no answer within {timeout.TotalSeconds:0.#} s"));
        }
        catch (Exception error) when (error is HttpRequestException or SocketException or IOException)
        {
            return new(false, null, error.Message.TrimEnd('.'));
        }
    }

    private bool LeadsToTarget(Uri location) =>
        target is null || (location is { IsAbsoluteUri: true, Scheme: "https", IsDefaultPort: true } && string.Equals(location.IdnHost, target, StringComparison.OrdinalIgnoreCase));

    private async ValueTask<Stream> ConnectAsync(string publicIp, CancellationToken stop)
    {
        var target = IPEndPoint.Parse(connectTo.GetValueOrDefault($"{publicIp}:80") ?? $"{publicIp}:80");
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
