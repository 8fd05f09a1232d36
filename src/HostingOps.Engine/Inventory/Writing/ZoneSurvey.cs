using System.Globalization;
using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>What an existing zone tells about sites and hosts, and what it leaves open.</summary>
internal sealed class ZoneSurvey
{
    private readonly List<SurveyedHost> hosts = [];
    private readonly List<SurveyedSite> sites = [];
    private readonly List<string> skipped = [];
    private readonly HashSet<string> takenDomains = new(StringComparer.Ordinal);

    private ZoneSurvey()
    {
    }

    /// <summary>One for each distinct address or CNAME target, in the order of their first record.</summary>
    public IReadOnlyList<SurveyedHost> Hosts => hosts;

    /// <summary>One for each name with address records that can be switched.</summary>
    public IReadOnlyList<SurveyedSite> Sites => sites;

    /// <summary>One sentence for each name with address records that was left out.</summary>
    public IReadOnlyList<string> Skipped => skipped;

    public static ZoneSurvey Of(string zone, IReadOnlyList<DnsRecordSet> recordSets)
    {
        var survey = new ZoneSurvey();
        // A made-up domain must not be a host's name, or the record would seem to lead back to itself.
        foreach (var target in recordSets.Where(static set => set.Type == "CNAME").SelectMany(static set => set.Values).Select(CnameOf))
        {
            survey.takenDomains.Add(target);
            survey.takenDomains.Add(target.StartsWith("www.", StringComparison.Ordinal) ? target[4..] : target);
        }

        var names = recordSets
            .Where(static set => set.Type is "A" or "AAAA" or "CNAME")
            .GroupBy(static set => set.Name.TrimEnd('.').ToLowerInvariant())
            .OrderBy(static group => group.Key, StringComparer.Ordinal);
        foreach (var name in names)
        {
            survey.Add(zone, name.Key, [.. name]);
        }

        return survey;
    }

    private void Add(string zone, string name, IReadOnlyList<DnsRecordSet> sets)
    {
        // The apex has its own redirector, and names with underscores prove ownership or name services.
        if (name == zone || !name.EndsWith("." + zone, StringComparison.Ordinal) || name.Contains("._", StringComparison.Ordinal) || name[0] == '_')
        {
            return;
        }

        var relative = name[..^(zone.Length + 1)];
        if (Obstacle(zone, relative, sets) is { } obstacle)
        {
            skipped.Add($"{name}: {obstacle}");
            return;
        }

        var address = Value(sets, "A");
        var addressV6 = Value(sets, "AAAA");
        var host = HostOf(address, addressV6, Value(sets, "CNAME"));
        var notes = new List<string>();
        if (addressV6 is not null && host.AddressV6 != addressV6)
        {
            notes.Add($"its AAAA record is {addressV6}, which other records do not give {host.Name}");
        }

        if (sets.Select(static set => set.Ttl).Distinct().Count() > 1)
        {
            notes.Add("its A and AAAA records have different TTLs; the lower is taken");
        }

        sites.Add(new SurveyedSite(relative, name, UniqueDomain(relative), host, addressV6 is not null, (int)sets.Min(static set => set.Ttl ?? 0), notes));
    }

    private static string? Obstacle(string zone, string relative, IReadOnlyList<DnsRecordSet> sets)
    {
        if (sets.Any(static set => !set.IsSimple || set.Ttl is null))
        {
            return "an alias or a routing policy, which HostingOps does not switch";
        }

        if (sets.Any(static set => set.Values.Count != 1))
        {
            return "more than one value, which HostingOps does not switch";
        }

        var types = sets.Select(static set => set.Type).ToList();
        return types.Distinct().Count() != types.Count || (types.Count > 1 && types.Contains("CNAME")) ? "record sets that cannot stand together"
            : sets.Any(static set => set.Ttl is < 0 or > int.MaxValue) ? "a TTL that cannot be"
            : Value(sets, "CNAME") is { } target && (target == zone || target.EndsWith("." + zone, StringComparison.Ordinal)) ? "a CNAME to another name of the zone"
            : !IsUsable(sets) ? "an address that no host can have"
            : !NameSyntax.IsName(relative) || relative.Split('.').Any(static label => DomainSyntax.ProblemOf(label, allowUnderscore: true) is not null) ? "not a site's name"
            : null;
    }

    private static bool IsUsable(IReadOnlyList<DnsRecordSet> sets) => sets.All(static set => set.Type switch
    {
        "A" => AddressSyntax.ReadIPv4(set.Values[0]) is { } v4 && AddressSyntax.Unusable(v4) is null,
        "AAAA" => AddressSyntax.ReadIPv6(set.Values[0]) is { } v6 && AddressSyntax.Unusable(v6) is null,
        _ => CnameOf(set.Values[0]).Split('.') is { Length: > 1 } labels
            && labels.All(static label => DomainSyntax.ProblemOf(label, allowUnderscore: true) is null)
            && CnameOf(set.Values[0]) != set.Name.TrimEnd('.').ToLowerInvariant(),
    });

    private static string? Value(IReadOnlyList<DnsRecordSet> sets, string type) => sets.FirstOrDefault(set => set.Type == type)?.Values[0] is not { } value
        ? null
        : type switch
        {
            "CNAME" => CnameOf(value),
            "AAAA" => AddressSyntax.ReadIPv6(value)?.ToString(),
            _ => value,
        };

    private static string CnameOf(string value) => value.TrimEnd('.').ToLowerInvariant();

    private SurveyedHost HostOf(string? address, string? addressV6, string? cname)
    {
        // The IPv4 address first: a host that only an IPv6 address is known of must not take one that is another's.
        var host = cname is not null ? hosts.Find(known => known.Cname == cname)
            : address is not null ? hosts.Find(known => known.Address == address)
                ?? hosts.Find(known => known.Address is null && addressV6 is not null && known.AddressV6 == addressV6)
            : hosts.Find(known => known.AddressV6 == addressV6);
        if (host is null)
        {
            host = new SurveyedHost(string.Create(CultureInfo.InvariantCulture, $"host-{hosts.Count + 1}"), string.Create(CultureInfo.InvariantCulture, $"unknown-{hosts.Count + 1}"));
            hosts.Add(host);
        }

        host.Address ??= address;
        // One address for one host: two that share it could not be told apart.
        host.AddressV6 ??= hosts.Exists(known => known.AddressV6 == addressV6) ? null : addressV6;
        host.Cname ??= cname;
        host.Records++;
        return host;
    }

    // A placeholder under .example (RFC 2606), which exists nowhere.
    private string UniqueDomain(string relative)
    {
        var label = new string(relative.Select(static character => char.IsAsciiLetterOrDigit(character) ? character : '-').ToArray()).Trim('-');
        label = label.Length == 0 ? "site" : label.Length > 50 ? label[..50].TrimEnd('-') : label;
        // Neither a number nor what could be read as punycode.
        label = label.StartsWith("xn--", StringComparison.Ordinal) ? "site-" + label[4..] : label;
        var domain = label + ".example";
        for (var count = 2; !takenDomains.Add(domain); count++)
        {
            domain = string.Create(CultureInfo.InvariantCulture, $"{label}-{count}.example");
        }

        return domain;
    }
}
