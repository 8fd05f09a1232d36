using System.Net;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns;

/// <summary>Asks one server one question.</summary>
internal interface IDnsExchange
{
    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="HostingException">DnsQueryFailed: no answer in time, unreachable, or nothing readable.</exception>
    Task<DnsMessage> QueryAsync(IPEndPoint server, DnsAsk ask, TimeSpan timeout, CancellationToken cancellationToken);
}
