using HostingOps.Engine.Dns.Audit.Views;
using HostingOps.Engine.Dns.Audit.Walk;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Looking;

/// <summary>Finds the CAA records that count for a name, as a certificate authority does (RFC 8659 §3).</summary>
internal sealed class CaaLook(DelegationWalk walk)
{
    private const int LongestChain = 8;

    /// <summary>Climbs from the name up to the last label. A CNAME is followed to its end, and climbed from at the name itself only.</summary>
    public async Task<CaaView> LookAsync(DnsName name, CancellationToken cancellationToken)
    {
        for (var at = name; !at.IsRoot; at = at.Parent!)
        {
            var found = await AtAsync(name, at, cancellationToken).ConfigureAwait(false);
            if (found.Properties.Count > 0 || found.Problem is not null)
            {
                return found;
            }
        }

        return new CaaView(name, null, [], null);
    }

    private async Task<CaaView> AtAsync(DnsName name, DnsName asked, CancellationToken cancellationToken)
    {
        var at = asked;
        for (var hops = 0; hops <= LongestChain; hops++)
        {
            var way = await walk.FindZoneAsync(at, cancellationToken).ConfigureAwait(false);
            if (way.Problem is not null)
            {
                return new CaaView(name, null, [], null, way.Problem);
            }

            if (way.IsMissing)
            {
                break;
            }

            var reply = await walk.AskAsync(way.Zone, new DnsAsk(new DnsQuestion(at, DnsRecordType.CAA), Dnssec: true), cancellationToken).ConfigureAwait(false);
            if (reply.Message is not { } message)
            {
                return new CaaView(name, null, [], null, $"No name server of {way.Zone.Name} answers a question for the CAA records of {at}: {reply.Problem}");
            }

            var own = message.Answers.Where(record => record.Name.Equals(at)).ToList();
            var properties = own.Select(CaaProperty.Read).OfType<CaaProperty>().ToList();
            if (properties.Count > 0)
            {
                return new CaaView(name, at, properties, reply.From);
            }

            if (own.FirstOrDefault(static record => record.Type == DnsRecordType.CNAME) is not { } alias)
            {
                break;
            }

            at = alias.Data.Target!;
        }

        return new CaaView(name, null, [], null);
    }
}
