using System.Collections.Concurrent;
using System.Net;

namespace HostingOps.Engine.Dns.Audit.Asking;

/// <summary>
/// Asks many servers for one run: each address a few questions at once and at a pace, and nobody the same twice. An address
/// that does not answer is left alone for a while. Safe for use from several threads.
/// </summary>
internal sealed class PoliteDnsClient(IDnsExchange exchange, DnsManners manners, TimeProvider clock)
{
    private readonly ConcurrentDictionary<IPEndPoint, ServerQueue> queues = new();
    private readonly QuestionMemo<(IPEndPoint Server, DnsAsk Ask), DnsReply> memo = new(manners.MostKept);

    /// <summary>Asks, or answers what was answered before.</summary>
    /// <param name="server">Address and port.</param>
    /// <param name="ask">What is asked.</param>
    /// <param name="cancellationToken">Ends the run: a question under way is everybody's who wants it.</param>
    public Task<DnsReply> AskAsync(IPEndPoint server, DnsAsk ask, CancellationToken cancellationToken) =>
        memo.GetOrAsk((server, ask), key => queues
            .GetOrAdd(key.Server, _ => new ServerQueue(manners, clock))
            .AskAsync(token => exchange.QueryAsync(key.Server, key.Ask, manners.Timeout, token), cancellationToken));
}
