using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>What a zone's server says about a name one label below (RFC 1034 §4.3.2). Pure.</summary>
internal static class Referral
{
    // A zone says how many there are, and it may not be our friend.
    private const int MostAddresses = 8;

    /// <summary>Reads an answer to a question for NS, or for any other type, of <paramref name="child"/>.</summary>
    /// <param name="message">The answer.</param>
    /// <param name="zone">The zone that was asked.</param>
    /// <param name="child">The name.</param>
    /// <param name="from">The server that was asked.</param>
    /// <param name="port">The port of the servers named.</param>
    /// <returns>What it is, and the zone that begins there, if any.</returns>
    public static (ReferralKind Kind, DnsZone? Cut) Read(DnsMessage message, DnsZone zone, DnsName child, string from, int port)
    {
        if (message.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NameError))
        {
            return (ReferralKind.Lame, null);
        }

        var own = NameServers(message.Answers, child);
        if (own.Count > 0)
        {
            // Its server has both zones, and answers from the lower one.
            return message.IsAuthoritative ? (ReferralKind.Cut, Cut(own, isReferred: false)) : (ReferralKind.Lame, null);
        }

        var named = NameServers(message.Authorities, child);
        if (named.Count > 0 && message.ResponseCode == DnsResponseCode.NoError && !message.Answers.Any(record => record.Name.Equals(child)))
        {
            return (ReferralKind.Cut, Cut(named, isReferred: true));
        }

        // Neither its own word nor a way down: a server that sends the asker up or away.
        if (!message.IsAuthoritative)
        {
            return (ReferralKind.Lame, null);
        }

        // An alias that leads nowhere is NXDOMAIN too, and yet a name that exists (RFC 6604 §2.1).
        return message.ResponseCode == DnsResponseCode.NameError && !message.Answers.Any(record => record.Name.Equals(child))
            ? (ReferralKind.Missing, null)
            : (ReferralKind.NoCut, null);

        DnsZone Cut(IReadOnlyList<DnsName> names, bool isReferred) => new(
            child,
            zone,
            names.Select(name => Server(message, zone, child, name, isReferred, port)).ToList(),
            isReferred,
            from);
    }

    private static ZoneServer Server(DnsMessage message, DnsZone zone, DnsName child, DnsName name, bool isReferred, int port)
    {
        // A server may speak for names in its own zone only; anything else could send us anywhere.
        var glue = !name.IsAtOrBelow(zone.Name) ? [] : message.Additionals
            .Where(record => record.Name.Equals(name))
            .Select(static record => record.Data.Address)
            .OfType<IPAddress>()
            .ToList();
        return new ZoneServer(name, Prefer(glue, port), isReferred && glue.Count == 0 && name.IsAtOrBelow(child));
    }

    /// <summary>The IPv4 addresses, or those of IPv6 where there are no others: a machine without an IPv6 route is more common than the reverse. A few of many.</summary>
    public static IReadOnlyList<IPEndPoint> Prefer(IReadOnlyList<IPAddress> addresses, int port)
    {
        var v4 = addresses.Where(static address => address.AddressFamily == AddressFamily.InterNetwork).ToList();
        return (v4.Count > 0 ? v4 : addresses).Distinct().Take(MostAddresses).Select(address => new IPEndPoint(address, port)).ToList();
    }

    private static List<DnsName> NameServers(IReadOnlyList<DnsResourceRecord> section, DnsName owner) =>
        section.Where(record => record.Type == DnsRecordType.NS && record.Name.Equals(owner)).Select(static record => record.Data.Target!).Distinct().ToList();
}
