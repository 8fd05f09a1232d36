using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HostingOps.Sandbox.Apex;

namespace HostingOps.Sandbox.Drill;

/// <summary>
/// Visits bare domains at the Elastic IP as a browser would: http and https, with a path and a query, each on a connection of its
/// own. It shares nothing with the recovery that it judges.
/// </summary>
internal sealed class RedirectVisitor : IDisposable
{
    private const string PathAndQuery = "/drill/a%20b?c=d&e=%2F";

    private static readonly string[] Schemes = ["http", "https"];

    private readonly HostingSandbox sandbox;
    private readonly int status;
    private readonly TimeSpan timeout;
    private readonly X509Certificate2 authority;
    private readonly HttpClient client;

    public RedirectVisitor(HostingSandbox sandbox, TimeSpan timeout)
    {
        this.sandbox = sandbox;
        this.timeout = timeout;
        status = sandbox.Inventory.Apex!.Redirect.Status;
        authority = X509Certificate2.CreateFromPem(File.ReadAllText(sandbox.Inventory.Sites[0].Check.CaFile!));
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(authority);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust },
            ConnectCallback = ConnectAsync,
        }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Visits all, and says what was wrong with each visit that did not end as it should.</summary>
    /// <param name="redirects">What is visited.</param>
    /// <param name="instanceId">The instance that must answer.</param>
    /// <param name="throttleLimit">Visits under way at once.</param>
    /// <param name="cancellationToken">Ends the visits.</param>
    public async Task<IReadOnlyList<string>> ProblemsAsync(
        IReadOnlyList<ApexRedirect> redirects, string instanceId, int throttleLimit, CancellationToken cancellationToken)
    {
        var visits = redirects.SelectMany(static redirect => Schemes, static (redirect, scheme) => (redirect, scheme)).ToList();
        var problems = new string?[visits.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, visits.Count),
            new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancellationToken },
            async (index, stop) => problems[index] = await ProblemAsync(visits[index].redirect, visits[index].scheme, instanceId, stop).ConfigureAwait(false))
            .ConfigureAwait(false);
        return [.. problems.OfType<string>()];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        authority.Dispose();
    }

    private async Task<string?> ProblemAsync(ApexRedirect redirect, string scheme, string instanceId, CancellationToken cancellationToken)
    {
        var url = $"{scheme}://{redirect.Host}{PathAndQuery}";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.ConnectionClose = true;
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            var (location, wanted) = (answer.Headers.Location?.OriginalString, redirect.LocationOf(PathAndQuery));
            var named = answer.Headers.TryGetValues(RedirectorSoftware.InstanceHeader, out var values) ? string.Join(",", values) : "no instance";
            return (int)answer.StatusCode != status || location != wanted
                ? FormattableString.Invariant($"{url} gave {(int)answer.StatusCode} to {location ?? "nowhere"}; {status} to {wanted} was expected")
                : named != instanceId ? $"{url} was answered by {named} instead of {instanceId}" : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FormattableString.Invariant($"{url} did not answer within {timeout.TotalSeconds:0.#} s");
        }
        catch (Exception error) when (error is HttpRequestException or SocketException)
        {
            // A connection that is reset while the client still looks at it is told by the socket itself.
            return $"{url}: {(error.InnerException ?? error).Message.TrimEnd('.')}";
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var way = sandbox.ConnectTo[FormattableString.Invariant($"{sandbox.ElasticIp}:{context.DnsEndPoint.Port}")];
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPEndPoint.Parse(way), stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
