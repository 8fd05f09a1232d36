using System.Net;
using HostingOps.Engine.Dns.Audit.Asking;
using HostingOps.Engine.Dns.Audit.Views;
using HostingOps.Engine.Dns.Audit.Walk;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Looking;

/// <summary>Asks all servers of a name's zone for its addresses, and follows its CNAME records.</summary>
internal sealed class NameLook(PoliteDnsClient client, DelegationWalk walk)
{
    // A resolver gives up after about so many; more than two are a finding anyway.
    private const int LongestChain = 8;

    /// <summary>Looks at a name of a site that has these domains.</summary>
    public async Task<NameView> LookAsync(DnsName name, IReadOnlyCollection<DnsName> domains, CancellationToken cancellationToken)
    {
        var way = await walk.FindZoneAsync(name, cancellationToken).ConfigureAwait(false);
        if (way.Problem is not null)
        {
            return new NameView(name, null, [], new ChainView { End = ChainEnd.NotKnown, Problem = way.Problem }, way.Problem);
        }

        if (RegistryZone.Is(way.Zone.Name, domains))
        {
            // The registry has said all that there is; its servers are not asked one by one.
            return new NameView(name, way.Zone.Name, [new NameAnswer { From = way.From ?? way.Zone.Name.ToString(), Exists = false }], new ChainView { End = ChainEnd.Nothing });
        }

        var endpoints = new List<(string Text, IPEndPoint Endpoint)>();
        foreach (var server in way.Zone.Servers.Take(ZoneLook.MostServers))
        {
            var addresses = await walk.AddressesAsync(server, cancellationToken).ConfigureAwait(false);
            endpoints.AddRange(addresses.Endpoints.Select(endpoint => (ServerText.Of(server.Name, endpoint), endpoint)));
        }

        var answers = await Task.WhenAll(endpoints.Select(server => AskAsync(name, server.Text, server.Endpoint, cancellationToken))).ConfigureAwait(false);
        return new NameView(name, way.Zone.Name, answers, await FollowAsync(name, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Follows the CNAME records from a name to their end, each asked of one server of its zone.</summary>
    public async Task<ChainView> FollowAsync(DnsName name, CancellationToken cancellationToken)
    {
        var hops = new List<ChainHop>();
        for (var at = name; ;)
        {
            var (zone, answer) = await AskZoneAsync(at, cancellationToken).ConfigureAwait(false);
            hops.Add(new ChainHop(at, zone, answer.Ttl, answer.From));
            if (answer.Problem is not null || answer.Cname is null)
            {
                return new ChainView
                {
                    Hops = hops,
                    Addresses = [.. answer.Addresses],
                    End = answer.Problem is not null ? ChainEnd.NotKnown : answer.Addresses.Any() ? ChainEnd.Address : ChainEnd.Nothing,
                    Problem = answer.Problem,
                };
            }

            at = answer.Cname;
            if (hops.Any(hop => hop.Name.Equals(at)) || hops.Count > LongestChain)
            {
                return new ChainView { Hops = hops, End = hops.Count > LongestChain ? ChainEnd.TooLong : ChainEnd.Loop };
            }
        }
    }

    private async Task<(DnsName? Zone, NameAnswer Answer)> AskZoneAsync(DnsName name, CancellationToken cancellationToken)
    {
        var way = await walk.FindZoneAsync(name, cancellationToken).ConfigureAwait(false);
        if (way.IsMissing || way.Problem is not null)
        {
            return (way.Zone.Name, new NameAnswer { From = way.From ?? "", Exists = false, Problem = way.Problem });
        }

        var answer = new NameAnswer { From = "" };
        foreach (var type in (DnsRecordType[])[DnsRecordType.A, DnsRecordType.AAAA])
        {
            var reply = await walk.AskAsync(way.Zone, new DnsAsk(new DnsQuestion(name, type), Dnssec: true), cancellationToken).ConfigureAwait(false);
            if (reply.Message is null)
            {
                return (way.Zone.Name, answer with { Problem = $"no name server of {way.Zone.Name} has an answer for {name}: {reply.Problem}" });
            }

            answer = (answer with { From = reply.From! }).With(reply.Message, name);
            if (answer.Cname is not null || !answer.Exists)
            {
                break;
            }
        }

        return (way.Zone.Name, answer);
    }

    private async Task<NameAnswer> AskAsync(DnsName name, string from, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var answer = new NameAnswer { From = from };

        // An alias has nothing else (RFC 2181 §10.1), and what does not exist has nothing at all.
        foreach (var type in (DnsRecordType[])[DnsRecordType.A, DnsRecordType.AAAA])
        {
            var reply = await client.AskAsync(endpoint, new DnsAsk(new DnsQuestion(name, type), Dnssec: true), cancellationToken).ConfigureAwait(false);
            if (reply.Message is not { } message)
            {
                return answer with { Problem = reply.Problem };
            }

            if (message.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NameError) || !message.IsAuthoritative)
            {
                return answer with { Problem = ServerText.WhyLame(message) };
            }

            answer = answer.With(message, name);
            if (answer.Cname is not null || !answer.Exists)
            {
                break;
            }
        }

        return answer;
    }
}
