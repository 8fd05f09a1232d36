using System.Collections.Immutable;
using System.Net;
using HostingOps.Engine.Dns.Audit.Asking;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>
/// Finds its way from the root down to a name's zone, as resolvers do (RFC 1034 §5.3.3), one label at a time (RFC 9156), and
/// keeps what each zone says of the one below. Remembers nothing itself: the client asks nobody the same twice.
/// </summary>
/// <param name="client">Asks.</param>
/// <param name="root">Where walks begin.</param>
/// <param name="ours">A zone whose servers are known beforehand, or null.</param>
/// <param name="port">The port of servers met on the way.</param>
internal sealed class DelegationWalk(PoliteDnsClient client, DnsZone root, DnsZone? ours, int port)
{
    // Servers of one zone that are tried, and server names that are looked up for the sake of one another.
    private const int MostTries = 4;
    private const int DeepestLookup = 4;

    /// <summary>The zone that a name belongs to.</summary>
    public Task<WalkResult> FindZoneAsync(DnsName name, CancellationToken cancellationToken) => FindZoneAsync(name, [], cancellationToken);

    /// <summary>Asks a zone's servers, one after the other until one answers for it; which one is first depends on the name.</summary>
    public Task<ZoneReply> AskAsync(DnsZone zone, DnsAsk ask, CancellationToken cancellationToken) =>
        AskAsync(zone, ask, static message => message.IsAuthoritative, [], cancellationToken);

    /// <summary>Where a name server is asked.</summary>
    public Task<ServerAddresses> AddressesAsync(ZoneServer server, CancellationToken cancellationToken) => AddressesAsync(server, [], cancellationToken);

    private async Task<WalkResult> FindZoneAsync(DnsName name, ImmutableHashSet<DnsName> path, CancellationToken cancellationToken)
    {
        var zone = ours is not null && name.IsAtOrBelow(ours.Name) ? ours : root;
        foreach (var child in NamesBetween(zone.Name, name))
        {
            var asked = zone;
            bool Usable(DnsMessage message) => Referral.Read(message, asked, child, "", port).Kind != ReferralKind.Lame;

            var reply = await AskAsync(asked, new DnsAsk(new DnsQuestion(child, DnsRecordType.NS)), Usable, path, cancellationToken).ConfigureAwait(false);
            if (reply.Message is null)
            {
                // Some load balancers answer for addresses only.
                var second = await AskAsync(asked, new DnsAsk(new DnsQuestion(child, DnsRecordType.A)), Usable, path, cancellationToken).ConfigureAwait(false);
                reply = second.Message is null ? reply : second;
            }

            if (reply.Message is null)
            {
                return new WalkResult(zone, Problem: $"No name server of {Called(zone)} can say where {child} is: {reply.Problem}");
            }

            var (kind, cut) = Referral.Read(reply.Message, zone, child, reply.From!, port);
            if (kind == ReferralKind.Missing)
            {
                return new WalkResult(zone, IsMissing: true, From: reply.From);
            }

            zone = cut ?? zone;
        }

        return new WalkResult(zone);
    }

    private async Task<ZoneReply> AskAsync(
        DnsZone zone, DnsAsk ask, Func<DnsMessage, bool> usable, ImmutableHashSet<DnsName> path, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var server in InTurn(zone.Servers, ask.Question.Name))
        {
            var (endpoints, problem, _) = await AddressesAsync(server, path, cancellationToken).ConfigureAwait(false);
            if (problem is not null)
            {
                problems.Add($"{server.Name} {problem}");
            }

            foreach (var endpoint in endpoints.Take(1))
            {
                var from = ServerText.Of(server.Name, endpoint);
                var reply = await client.AskAsync(endpoint, ask, cancellationToken).ConfigureAwait(false);
                if (reply.Message is { } message && message.ResponseCode is DnsResponseCode.NoError or DnsResponseCode.NameError && usable(message))
                {
                    return new ZoneReply(message, from, null);
                }

                problems.Add($"{from} {reply.Problem ?? ServerText.WhyLame(reply.Message!)}");
            }

            if (problems.Count >= MostTries)
            {
                break;
            }
        }

        return new ZoneReply(null, null, problems.Count == 0 ? "it has none" : string.Join("; ", problems));
    }

    private async Task<ServerAddresses> AddressesAsync(ZoneServer server, ImmutableHashSet<DnsName> path, CancellationToken cancellationToken)
    {
        if (server.Glue.Count > 0)
        {
            return new ServerAddresses(server.Glue, null);
        }

        if (server.NeedsGlue)
        {
            return new ServerAddresses([], "lies in the zone that it serves, and the zone above does not give its address (glue)");
        }

        if (path.Contains(server.Name) || path.Count >= DeepestLookup)
        {
            return new ServerAddresses([], "can't be found: the way to its address leads over itself or over too many other name servers", IsSure: false);
        }

        return await LookUpAsync(server.Name, path.Add(server.Name), cancellationToken).ConfigureAwait(false);
    }

    private async Task<ServerAddresses> LookUpAsync(DnsName name, ImmutableHashSet<DnsName> path, CancellationToken cancellationToken)
    {
        var way = await FindZoneAsync(name, path, cancellationToken).ConfigureAwait(false);
        if (way.IsMissing || way.Problem is not null)
        {
            return new ServerAddresses([], way.IsMissing ? "does not exist" : $"can't be found ({way.Problem})", IsSure: way.IsMissing);
        }

        foreach (var type in (DnsRecordType[])[DnsRecordType.A, DnsRecordType.AAAA])
        {
            var reply = await AskAsync(way.Zone, new DnsAsk(new DnsQuestion(name, type)), static message => message.IsAuthoritative, path, cancellationToken).ConfigureAwait(false);
            if (reply.Message is null)
            {
                return new ServerAddresses([], $"can't be found ({reply.Problem})", IsSure: false);
            }

            var own = reply.Message.Answers.Where(record => record.Name.Equals(name)).ToList();
            if (own.Any(static record => record.Type == DnsRecordType.CNAME))
            {
                return new ServerAddresses([], "is an alias (CNAME), which the name of a name server must not be (RFC 2181, section 10.3)");
            }

            List<IPAddress> addresses = [.. own.Where(record => record.Type == type).Select(static record => record.Data.Address!)];
            if (addresses.Count > 0)
            {
                return new ServerAddresses(Referral.Prefer(addresses, port), null);
            }
        }

        return new ServerAddresses([], "has no address");
    }

    // Always the same one first for the same question, so that it is asked once; another one for another, so that all share the work.
    private static IEnumerable<ZoneServer> InTurn(IReadOnlyList<ZoneServer> servers, DnsName name)
    {
        var first = servers.Count == 0 ? 0 : (int)((uint)name.GetHashCode() % (uint)servers.Count);
        return servers.Skip(first).Concat(servers.Take(first)).OrderBy(static server => server.Glue.Count > 0 ? 0 : server.NeedsGlue ? 2 : 1);
    }

    private static List<DnsName> NamesBetween(DnsName ancestor, DnsName name)
    {
        var names = new List<DnsName>();
        for (var at = name; !at.Equals(ancestor); at = at.Parent!)
        {
            names.Add(at);
        }

        names.Reverse();
        return names;
    }

    private static string Called(DnsZone zone) => zone.Name.IsRoot ? "the root" : zone.Name.ToString();
}
