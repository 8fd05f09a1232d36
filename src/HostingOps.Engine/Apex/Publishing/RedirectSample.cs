using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Apex.Publishing;

/// <summary>
/// Asks a redirector for some of its names over HTTP, pinned to its address, each on a connection of its own: a kept one would go
/// on talking to a worker with the former configuration. HTTPS is not asked: a name may be published before its certificate is there,
/// for that is fetched by way of this very server.
/// </summary>
internal sealed class RedirectSample(IPEndPoint address, int status, TimeProvider time)
{
    private const string PathAndQuery = "/hostingops-publish?path=kept";
    private const int Largest = 12;
    private static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The first, the last, what is new, and some between, so that a server which goes on with the former file is found out.</summary>
    public static IReadOnlyList<ApexRedirect> Choose(IReadOnlyList<ApexRedirect> all, IReadOnlyDictionary<string, string> former)
    {
        var chosen = new SortedDictionary<string, ApexRedirect>(StringComparer.Ordinal) { [all[0].Host] = all[0], [all[^1].Host] = all[^1] };
        foreach (var redirect in all.Where(redirect => former.GetValueOrDefault(redirect.Host) != redirect.Target).Take(Largest / 2))
        {
            chosen[redirect.Host] = redirect;
        }

        for (var part = 1; part < Largest && chosen.Count < Math.Min(Largest, all.Count); part++)
        {
            var between = all[(int)((long)part * all.Count / Largest)];
            chosen[between.Host] = between;
        }

        return chosen.Values.ToList();
    }

    /// <summary>A name that is to be redirected no longer, or null: when nothing else has changed, only it tells the files apart.</summary>
    public static ApexRedirect? ChooseGone(IReadOnlyList<ApexRedirect> all, IReadOnlyDictionary<string, string> former)
    {
        var kept = all.Select(static redirect => redirect.Host).ToHashSet(StringComparer.Ordinal);
        return former.Where(name => !kept.Contains(name.Key)).OrderBy(static name => name.Key, StringComparer.Ordinal)
            .Select(static name => new ApexRedirect { Host = name.Key, Target = name.Value, SiteDomain = "", SiteName = "", Kind = ApexRedirectKind.Domain }).FirstOrDefault();
    }

    /// <summary>Asks until all answer rightly or the time runs out.</summary>
    /// <param name="sample">Names that are redirected.</param>
    /// <param name="gone">A name that is redirected no longer, or null.</param>
    /// <param name="patience">The time.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>What was wrong at the end, or null.</returns>
    public async Task<string?> AskAsync(IReadOnlyList<ApexRedirect> sample, ApexRedirect? gone, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        foreach (var redirect in gone is null ? sample : sample.Append(gone))
        {
            while (await SeenAsync(redirect, cancellationToken).ConfigureAwait(false) is var (redirects, seen) && redirects == (redirect == gone))
            {
                if (time.GetElapsedTime(started) >= patience)
                {
                    return redirect == gone
                        ? $"{address} still answers {seen} for {redirect.Host}, which the new configuration does not have"
                        : $"{address} answers {seen} for {redirect.Host}; {status} to {Expected(redirect)} was expected";
                }

                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    private static string Expected(ApexRedirect redirect) => $"https://{redirect.Target}{PathAndQuery}";

    private async Task<(bool Redirects, string Seen)> SeenAsync(ApexRedirect redirect, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(QuestionTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = ConnectAsync };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{redirect.Host}{PathAndQuery}");
        request.Headers.ConnectionClose = true;
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var location = response.Headers.Location?.OriginalString;
            return (
                (int)response.StatusCode == status && location == Expected(redirect),
                FormattableString.Invariant($"{(int)response.StatusCode}{(location is null ? "" : " to " + RemoteText.Clean(location))}"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, "nothing in time");
        }
        catch (Exception error) when (error is HttpRequestException or SocketException or IOException)
        {
            return (false, $"nothing ({(error.InnerException ?? error).Message.TrimEnd('.')})");
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
