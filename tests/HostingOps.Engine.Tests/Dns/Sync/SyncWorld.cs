using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Sync;

namespace HostingOps.Engine.Tests.Dns.Sync;

/// <summary>A zone in memory that takes changes as Route 53 does: exactly, or not at all.</summary>
internal sealed class SyncWorld(IEnumerable<DnsRecordSet> sets)
{
    public const string ZoneName = "sites.example.net";

    public static HostedZoneReference Reference { get; } = new("Z1", ZoneName, 0);

    public static DnsRecordSet ApexSoa { get; } = new() { Name = ZoneName, Type = "SOA", Ttl = 900, Values = ["ns1.example.net. hostmaster.example.net. 1 7200 900 1209600 60"] };

    public List<DnsRecordSet> Sets { get; } = [.. sets];

    public static SiteHost DualStack { get; } = new() { Name = "ds-1", Provider = "ovh", Address = "192.0.2.30", AddressV6 = "2001:db8::30" };

    public static SiteHost Cname { get; } = new() { Name = "cdn-1", Provider = "cdn", Cname = "web-7.provider.example" };

    public static HostingInventory InventoryOf(string owner, params IEnumerable<HostedSite> sites) => new() { Zone = ZoneName, Owner = owner, Sites = [.. sites] };

    public static DnsRecordSet Record(string name, string type, string value, long ttl = 60) =>
        new() { Name = name.Contains('.', StringComparison.Ordinal) ? name : $"{name}.{ZoneName}", Type = type, Ttl = ttl, Values = [value] };

    public static DnsRecordSet Claim(string site, string owner = "agency", string? record = null) =>
        OwnershipRecord.ToRecordSet($"_hostingops-owner.{record ?? site}.{ZoneName}", new RecordOwnership(owner, site));

    public SyncFacts Facts(HostingInventory inventory, bool prune = false, IReadOnlyDictionary<string, string>? open = null, params string[] adopt) => new()
    {
        Inventory = inventory,
        Owner = inventory.Owner!,
        Zone = new ZoneContents(Reference, Sets, Sets.Count),
        Sites = inventory.Sites,
        Prune = prune,
        Adopt = adopt.ToHashSet(StringComparer.Ordinal),
        OpenOperations = open ?? new Dictionary<string, string>(),
    };

    public (IReadOnlyList<DnsRecordChange> Changes, IReadOnlyList<ZoneNotice> Notices) Decide(
        HostingInventory inventory, bool prune = false, IReadOnlyDictionary<string, string>? open = null, params string[] adopt) =>
        SyncPlanner.Decide(Facts(inventory, prune, open, adopt));

    public IReadOnlyList<DnsRecordChange> Sync(HostingInventory inventory, bool prune = false, params string[] adopt)
    {
        var (changes, _) = Decide(inventory, prune, null, adopt);
        Apply(changes);
        return changes;
    }

    public void Apply(IEnumerable<DnsRecordChange> changes)
    {
        foreach (var change in changes)
        {
            Assert.All(change.Before, set => Assert.True(Sets.Remove(set), $"{change}: there is no {set} of {set.Name}"));
            foreach (var set in change.After)
            {
                Assert.DoesNotContain(Sets, other => other.Name == set.Name && (other.Type == set.Type || other.Type == "CNAME" || set.Type == "CNAME"));
                Sets.Add(set);
            }
        }
    }
}
