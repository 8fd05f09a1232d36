using System.Net;
using HostingOps.Engine.Dns.ZoneFiles;

namespace HostingOps.Engine.Dns;

/// <summary>What a site's records should be, and what they are, as pure functions.</summary>
public static class DesiredRecords
{
    private static readonly string[] AddressTypes = ["A", "AAAA", "CNAME"];

    /// <summary>The record sets that point the site to that host: A and AAAA by its addresses, or one CNAME.</summary>
    public static IReadOnlyList<DnsRecordSet> For(HostedSite site, SiteHost host)
    {
        var sets = new List<DnsRecordSet>(2);
        Add("A", host.Address);
        Add("AAAA", host.AddressV6);
        Add("CNAME", host.Cname);
        return sets;

        void Add(string type, string? value)
        {
            if (value is not null)
            {
                sets.Add(new DnsRecordSet { Name = site.Record, Type = type, Ttl = site.Ttl, Values = new[] { value } });
            }
        }
    }

    /// <summary>Only the record sets that say where a name leads: A, AAAA and CNAME.</summary>
    public static IReadOnlyList<DnsRecordSet> AddressSetsOf(IEnumerable<DnsRecordSet> sets) =>
        sets.Where(static set => AddressTypes.Contains(set.Type)).ToArray();

    /// <summary>The types of the other record sets.</summary>
    public static IReadOnlyList<string> OtherTypesOf(IEnumerable<DnsRecordSet> sets) =>
        sets.Select(static set => set.Type).Except(AddressTypes, StringComparer.Ordinal).ToArray();

    /// <summary>Which host the stored record sets point to.</summary>
    public static SiteDnsTarget Evaluate(HostedSite site, HostedZoneReference zone, IReadOnlyList<DnsRecordSet> stored)
    {
        var sets = AddressSetsOf(stored);
        var (state, active, reason) = Judge(site, sets);
        return new SiteDnsTarget
        {
            SiteName = site.Name,
            Record = site.Record,
            Zone = zone.Name,
            ZoneId = zone.Id,
            State = state,
            ActiveHost = active?.Name,
            StandbyHost = active is null ? null : site.PeerOf(active).Name,
            RecordSets = sets,
            Ttl = sets.Max(static set => set.Ttl),
            Reason = reason,
            InventoryPath = site.InventoryPath,
        };
    }

    private static (DnsTargetState State, SiteHost? Active, string? Reason) Judge(HostedSite site, IReadOnlyList<DnsRecordSet> sets)
    {
        if (sets.Count == 0)
        {
            return (DnsTargetState.Missing, null, $"'{site.Record}' has no A, AAAA or CNAME record.");
        }

        if (sets.FirstOrDefault(static set => !set.IsSimple) is { } special)
        {
            return (DnsTargetState.NotSwitchable, null, $"'{site.Record}' is {DescribeSpecial(special)}; HostingOps switches simple records only.");
        }

        foreach (var host in new[] { site.Primary, site.Secondary })
        {
            var desired = For(site, host);
            if (SameRecords(sets, desired, compareTtl: true))
            {
                return (host.Name == site.Primary.Name ? DnsTargetState.Primary : DnsTargetState.Secondary, host, null);
            }

            if (sets.All(set => desired.Any(wanted => SameTarget(set, wanted))))
            {
                return (DnsTargetState.Drifted, host, $"Points to {host.Name}, but is {Describe(sets)} instead of {Describe(desired)}.");
            }
        }

        return (DnsTargetState.Stranger, null, $"Points to {Describe(sets)}, which is neither {site.Primary.Name} nor {site.Secondary.Name}.");
    }

    /// <summary>Whether two lists hold the same record sets, whatever their order and spelling of addresses and names.</summary>
    public static bool SameRecords(IReadOnlyList<DnsRecordSet> left, IReadOnlyList<DnsRecordSet> right, bool compareTtl) =>
        left.Count == right.Count
        && left.All(set => right.Any(other => SameTarget(set, other) && (!compareTtl || set.Ttl == other.Ttl)));

    /// <summary>The record sets in a few words.</summary>
    public static string Describe(IReadOnlyList<DnsRecordSet> sets) =>
        sets.Count == 0 ? "no record" : string.Join(" and ", sets);

    private static bool SameTarget(DnsRecordSet left, DnsRecordSet right) =>
        left.Type == right.Type
        && left.IsRoutedAs(right)
        && string.Equals(left.Name, right.Name, StringComparison.OrdinalIgnoreCase)
        && left.Values.Select(value => Canonical(left.Type, value)).ToHashSet(StringComparer.Ordinal)
            .SetEquals(right.Values.Select(value => Canonical(right.Type, value)));

    // 2001:DB8::1 and 2001:db8:0::1 are one address (RFC 5952); a name's case and trailing dot say nothing.
    private static string Canonical(string type, string value) => type switch
    {
        "CNAME" => value.TrimEnd('.').ToLowerInvariant(),
        _ when IPAddress.TryParse(value, out var address) => address.ToString(),
        _ => RecordValue.Canonical(type, value),
    };

    private static string DescribeSpecial(DnsRecordSet set) =>
        set.AliasTarget is not null ? $"an alias of {set.AliasTarget}"
        : set.TrafficPolicyInstanceId is not null ? "made by a traffic policy"
        : set.SetIdentifier is not null ? $"part of a routing policy ('{set.SetIdentifier}')"
        : "tied to a Route 53 health check";
}
