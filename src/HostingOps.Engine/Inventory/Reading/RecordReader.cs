using HostingOps.Engine.Dns.Sync;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Record names: relative to the zone, or full (with a final dot, or ending with the zone's name).</summary>
internal sealed class RecordReader(string zone, FindingCollector findings, bool isOwned)
{
    /// <summary>The first label of the TXT record that each batch of switches is signed with.</summary>
    public const string MarkerLabel = "_hostingops";

    private readonly Dictionary<string, (string Owner, int Line)> owners = new(StringComparer.Ordinal);

    /// <summary>The full name without final dot, or null with a finding. Each name has one owner.</summary>
    public string? Read(string text, YamlValue at, string owner)
    {
        var name = text.ToLowerInvariant();
        if (name is "@" or "" || name.TrimEnd('.') == zone)
        {
            findings.Add(
                InventoryRules.ApexRecord,
                at,
                $"The record of {owner} is the zone '{zone}' itself; an apex takes no CNAME (RFC 1034 §3.6.2), and a name below it was expected.");
            return null;
        }

        var isFull = name.EndsWith('.') || name.EndsWith("." + zone, StringComparison.Ordinal);
        var full = isFull ? (name.EndsWith('.') ? name[..^1] : name) : name + "." + zone;
        if (!full.EndsWith("." + zone, StringComparison.Ordinal) || (!isFull && SharesParent(name)))
        {
            findings.Add(
                InventoryRules.RecordOutsideZone,
                at,
                $"The record {YamlScalar.Quote(text)} of {owner} is outside the zone '{zone}'.",
                $"Write '{name.Split('.')[0]}', which is '{name.Split('.')[0]}.{zone}'.");
            return null;
        }

        var problem = full.Length > 253
            ? "is longer than 253 characters"
            : DomainSyntax.ProblemOf(full.Split('.'), allowUnderscore: true);
        if (problem is not null)
        {
            findings.Add(InventoryRules.BadRecord, at, $"The record {YamlScalar.Quote(text)} of {owner} {problem}.");
            return null;
        }

        if (full == MarkerLabel + "." + zone)
        {
            findings.Add(InventoryRules.ReservedRecord, at, $"The record '{full}' of {owner} is where HostingOps writes who switched last.");
            return null;
        }

        if (full.Split('.')[0] == OwnershipRecord.Label)
        {
            findings.Add(InventoryRules.OwnershipRecord, at, $"The record '{full}' of {owner} is where HostingOps writes who owns another record.");
            return null;
        }

        if (isOwned && OwnershipRecord.NameFor(full) is null)
        {
            findings.Add(
                InventoryRules.RecordTooLongToOwn,
                at,
                FormattableString.Invariant($"The record of {owner} has {full.Length} characters; with '{OwnershipRecord.Label}.' in front of it the name would be too long (RFC 1035 §2.3.4)."));
        }

        if (!isFull && name.Contains('.', StringComparison.Ordinal))
        {
            findings.Add(
                InventoryRules.DottedRecord,
                at,
                $"The record {YamlScalar.Quote(text)} of {owner} has dots and is taken as '{full}'.",
                $"Write '{full}.' if that is meant.");
        }

        if (!owners.TryAdd(full, (owner, at.Line)))
        {
            var first = owners[full];
            findings.Add(
                InventoryRules.DuplicateRecord,
                at,
                FormattableString.Invariant($"The record '{full}' of {owner} is already that of {first.Owner} (line {first.Line})."));
            return null;
        }

        return full;
    }

    // acme.example.net in a zone sites.example.net is a full name that misses the zone, not a relative one.
    private bool SharesParent(string name)
    {
        var parent = zone[(zone.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return parent.Contains('.', StringComparison.Ordinal) && name.EndsWith("." + parent, StringComparison.Ordinal);
    }
}
