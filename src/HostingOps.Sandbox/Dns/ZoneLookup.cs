using System.Buffers.Binary;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Sandbox.Dns;

/// <summary>Answers questions from zones by the algorithm of RFC 1034 §4.3.2, with wildcards by RFC 4592 and negative answers by RFC 2308.</summary>
internal sealed class ZoneLookup(ISandboxZoneSource source)
{
    // Longer chains are a mistake in the zone; a reader gives up sooner.
    private const int LongestAliasChain = 16;

    /// <summary>What the zones say.</summary>
    public ZoneAnswer Ask(DnsQuestion question)
    {
        var answer = new ZoneAnswer();
        if (ZoneOf(question.Name) is not { } zone)
        {
            answer.IsAuthoritative = false;
            answer.ResponseCode = DnsResponseCode.Refused;
            return answer;
        }

        var owner = question.Name;
        for (var step = 0; step < LongestAliasChain; step++)
        {
            if (AddReferral(answer, owner, question.Type, zone))
            {
                break;
            }

            var sets = Find(owner, zone, out var exists);
            var alias = question.Type is DnsRecordType.CNAME or DnsRecordType.ANY ? [] : Records(sets, owner, DnsRecordType.CNAME);
            if (alias.Count == 0)
            {
                AddOwn(answer, sets, owner, question.Type, zone, exists);
                break;
            }

            answer.Answers.AddRange(alias);
            owner = alias[0].Data.Target!;
            if (!zone.Equals(ZoneOf(owner)) || answer.Answers.Any(record => record.Name.Equals(owner)))
            {
                // What lies outside is for the asker to follow; what leads back has no end.
                break;
            }
        }

        return answer;
    }

    private void AddOwn(
        ZoneAnswer answer, IReadOnlyList<SandboxRecordSet> sets, DnsName owner, DnsRecordType type, DnsName zone, bool exists)
    {
        // RFC 8482 §4.1: one record set is answer enough to ANY.
        var records = type == DnsRecordType.ANY
            ? sets.Select(set => Records([set], owner, DnsRecordTypeText.Parse(set.Type))).FirstOrDefault(static found => found.Count > 0) ?? []
            : Records(sets, owner, type);
        answer.Answers.AddRange(records);
        if (records.Count == 0)
        {
            // An alias that leads to no name is NXDOMAIN as well (RFC 6604 §2.1).
            answer.ResponseCode = exists ? DnsResponseCode.NoError : DnsResponseCode.NameError;
            answer.Authorities.AddRange(NegativeAuthority(zone));
        }
    }

    private bool AddReferral(ZoneAnswer answer, DnsName owner, DnsRecordType type, DnsName zone)
    {
        for (var cut = TopBelow(owner, zone); cut is not null; cut = TopBelow(owner, cut))
        {
            // DS belongs to the parent's side of the cut (RFC 4035 §3.1.4.1).
            var delegation = Records(source.Find(Route53Name.Encode(cut.ToLower())), cut, DnsRecordType.NS);
            if (delegation.Count > 0 && !(type == DnsRecordType.DS && cut.Equals(owner)))
            {
                answer.IsAuthoritative = answer.Answers.Count > 0;
                answer.Authorities.AddRange(delegation);
                foreach (var server in delegation.Select(static record => record.Data.Target!).Where(server => server.IsAtOrBelow(zone)))
                {
                    var sets = source.Find(Route53Name.Encode(server.ToLower()));
                    answer.Additionals.AddRange(Records(sets, server, DnsRecordType.A));
                    answer.Additionals.AddRange(Records(sets, server, DnsRecordType.AAAA));
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>The name's own record sets, or those of the wildcard that covers it.</summary>
    private IReadOnlyList<SandboxRecordSet> Find(DnsName name, DnsName zone, out bool exists)
    {
        exists = true;
        var own = source.Find(Route53Name.Encode(name.ToLower()));
        if (own.Count > 0 || name.Equals(zone) || source.HasNamesBelow(Route53Name.Encode(name.ToLower())))
        {
            return own;
        }

        var encloser = name.Parent!;
        while (!encloser.Equals(zone) && !Exists(encloser))
        {
            encloser = encloser.Parent!;
        }

        var covering = encloser.Wildcard() is { } wildcard ? source.Find(Route53Name.Encode(wildcard.ToLower())) : [];
        exists = covering.Count > 0;
        return covering;
    }

    private bool Exists(DnsName name)
    {
        var text = Route53Name.Encode(name.ToLower());
        return source.Find(text).Count > 0 || source.HasNamesBelow(text);
    }

    private IEnumerable<DnsResourceRecord> NegativeAuthority(DnsName zone)
    {
        var soa = Records(source.Find(Route53Name.Encode(zone.ToLower())), zone, DnsRecordType.SOA).Take(1);

        // RFC 2308 §3: the SOA goes out with the TTL that the negative answer may be kept.
        return soa.Select(static record => record with
        {
            Ttl = Math.Min(record.Ttl, BinaryPrimitives.ReadUInt32BigEndian(record.Data.Bytes.Span[^4..])),
        });
    }

    private DnsName? ZoneOf(DnsName name) =>
        source.ZoneOf(Route53Name.Encode(name.ToLower())) is { } zone ? Route53Name.Parse(zone) : null;

    // The name one label longer than the ancestor on the way to the descendant; null when they are the same.
    private static DnsName? TopBelow(DnsName descendant, DnsName ancestor)
    {
        var surplus = descendant.LabelCount - ancestor.LabelCount;
        if (surplus <= 0)
        {
            return null;
        }

        var name = descendant;
        for (; surplus > 1; surplus--)
        {
            name = name.Parent!;
        }

        return name;
    }

    private static List<DnsResourceRecord> Records(IEnumerable<SandboxRecordSet> sets, DnsName owner, DnsRecordType type)
    {
        var records = new List<DnsResourceRecord>();
        if (sets.FirstOrDefault(set => DnsRecordTypeText.TryParse(set.Type, out var own) && own == type) is { } set)
        {
            foreach (var value in set.Values)
            {
                // A value in a form that can't be put on the wire (SVCB's parameters) is left out rather than the whole answer.
                if (DnsRecordData.TryParse(type, value, out var data))
                {
                    records.Add(new DnsResourceRecord(owner, (uint)Math.Clamp(set.Ttl, 0, int.MaxValue), data));
                }
            }
        }

        return records;
    }
}
