using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>A zone's records as tests write them, and what an authoritative server makes of them (RFC 1034 §4.3.2).</summary>
internal sealed class FakeZone(string name)
{
    private readonly List<DnsResourceRecord> records = [];

    public DnsName Name { get; } = DnsName.Parse(name);

    /// <summary>Adds a record, for example <c>www 60 CNAME host.example</c>; <c>@</c> is the zone itself, a final dot ends a full name.</summary>
    public FakeZone Add(params string[] lines)
    {
        foreach (var line in lines)
        {
            var parts = line.Split(' ', 4);
            var type = DnsRecordTypeText.Parse(parts[2]);
            records.Add(new DnsResourceRecord(Full(parts[0]), uint.Parse(parts[1]), DnsRecordData.Parse(type, parts[3])));
        }

        return this;
    }

    public FakeZone Add(DnsResourceRecord record)
    {
        records.Add(record);
        return this;
    }

    /// <summary>Takes away all records of a name and type, or of a name.</summary>
    public FakeZone Remove(string owner, string? type = null)
    {
        records.RemoveAll(record => record.Name.Equals(Full(owner)) && (type is null || record.Type == DnsRecordTypeText.Parse(type)));
        return this;
    }

    /// <summary>Another zone object with the same records, for a server that has another version.</summary>
    public FakeZone Copy()
    {
        var copy = new FakeZone(Name.ToString());
        copy.records.AddRange(records);
        return copy;
    }

    public DnsMessage Answer(DnsMessage query)
    {
        var question = query.Questions[0];
        var reply = new DnsMessage { Id = query.Id, IsResponse = true, Questions = query.Questions, Edns = new DnsEdns(), IsAuthoritative = true };
        for (var cut = question.Name; !cut.Equals(Name); cut = cut.Parent!)
        {
            var at = Own(cut, DnsRecordType.NS);
            var above = cut.Parent!.Equals(Name) || !HasCutAbove(cut);
            if (at.Count > 0 && above && !(question.Type == DnsRecordType.DS && cut.Equals(question.Name)))
            {
                return reply with
                {
                    IsAuthoritative = false,
                    Authorities = at,
                    Additionals = records.Where(record => record.Type is DnsRecordType.A or DnsRecordType.AAAA && at.Any(server => record.Name.Equals(server.Data.Target))).ToList(),
                };
            }
        }

        var owner = question.Name;
        if (!records.Any(record => record.Name.IsAtOrBelow(owner)) && owner.Parent?.Wildcard() is { } wildcard && records.Any(record => record.Name.Equals(wildcard)))
        {
            return Found(reply, records.Where(record => record.Name.Equals(wildcard)).Select(record => record with { Name = owner }).ToList(), question.Type, query);
        }

        return records.Any(record => record.Name.IsAtOrBelow(owner))
            ? Found(reply, records.Where(record => record.Name.Equals(owner)).ToList(), question.Type, query)
            : reply with { ResponseCode = DnsResponseCode.NameError, Authorities = Own(Name, DnsRecordType.SOA) };
    }

    private DnsMessage Found(DnsMessage reply, List<DnsResourceRecord> own, DnsRecordType type, DnsMessage query)
    {
        var dnssec = query.Edns is { DnssecOk: true };
        var alias = own.Where(static record => record.Type == DnsRecordType.CNAME).ToList();
        var found = alias.Count > 0 && type != DnsRecordType.CNAME ? alias : own.Where(record => record.Type == type).ToList();
        if (dnssec && found.Count > 0)
        {
            found.AddRange(own.Where(record => HostingOps.Engine.Dns.Audit.Views.RecordSignature.Read(record)?.Covered == found[0].Type));
        }

        return reply with { Answers = found, Authorities = found.Count == 0 ? Own(Name, DnsRecordType.SOA) : [] };
    }

    private bool HasCutAbove(DnsName name)
    {
        for (var at = name.Parent!; !at.Equals(Name); at = at.Parent!)
        {
            if (Own(at, DnsRecordType.NS).Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private List<DnsResourceRecord> Own(DnsName owner, DnsRecordType type) => records.Where(record => record.Name.Equals(owner) && record.Type == type).ToList();

    private DnsName Full(string owner) => owner switch
    {
        "@" => Name,
        _ when owner.EndsWith('.') => DnsName.Parse(owner),
        _ when Name.IsRoot => DnsName.Parse(owner),
        _ => DnsName.Parse($"{owner}.{Name}"),
    };
}
