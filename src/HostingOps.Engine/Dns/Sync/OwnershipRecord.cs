using System.Text;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.Dns.Sync;

/// <summary>
/// The TXT record <c>_hostingops-owner.&lt;record&gt;</c>: which inventory made a site's record. It is written and deleted in one
/// atomic change with the record.
/// </summary>
/// <remarks>
/// Form: <c>"hostingops/1 owner=agency site=acme"</c>, percent-encoded as the zone's marker is, in strings of at most 255
/// characters (RFC 1035 §3.3.14). A label of its own in front takes nothing from the length of the record's labels, and stands
/// beside a CNAME (RFC 8552).
/// </remarks>
public static class OwnershipRecord
{
    /// <summary>The first label.</summary>
    public const string Label = "_hostingops-owner";

    private const string Prefix = Label + ".";
    private const string Family = "hostingops/";
    private const string Version = Family + "1";
    private const int StringLength = 255;
    private const int LongestOwner = 64;
    private const int Ttl = 300;

    /// <summary>Whether a text is an id of an inventory.</summary>
    public static bool IsOwner(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is >= 1 and <= LongestOwner
            && IsLetterOrDigit(text[0])
            && text.All(static character => IsLetterOrDigit(character) || character is '.' or '_' or '-');
    }

    /// <summary>The name of a record's ownership, or null when it would be too long for a name (255 bytes, RFC 1035 §2.3.4).</summary>
    public static string? NameFor(string record) => DnsName.TryParse(Prefix + record, out _) ? Prefix + record : null;

    /// <summary>The record that a name is the ownership of, or null.</summary>
    public static string? RecordOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : null;
    }

    /// <summary>The record set that says it.</summary>
    /// <param name="name">As <see cref="NameFor"/> gives it.</param>
    /// <param name="ownership">What it says.</param>
    public static DnsRecordSet ToRecordSet(string name, RecordOwnership ownership)
    {
        ArgumentNullException.ThrowIfNull(ownership);
        var text = $"{Version} owner={Uri.EscapeDataString(ownership.Owner)} site={Uri.EscapeDataString(ownership.SiteName)}";
        return new DnsRecordSet
        {
            Name = name,
            Type = "TXT",
            Ttl = Ttl,
            Values = new[] { string.Join(' ', text.Chunk(StringLength).Select(static part => $"\"{new string(part)}\"")) },
        };
    }

    /// <summary>What the record sets of an ownership's name say.</summary>
    /// <param name="sets">All of that name.</param>
    /// <param name="problem">Why it can't be told, or null: then null as the answer means that there is none.</param>
    public static RecordOwnership? Read(IReadOnlyList<DnsRecordSet> sets, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(sets);
        problem = null;
        if (sets.Count == 0)
        {
            return null;
        }

        // Whatever is not exactly ours to read may be somebody's claim: then nothing is written and nothing deleted.
        if (sets is not [{ Type: "TXT", IsSimple: true, Values: [var value] }])
        {
            problem = "holds something else than one TXT value";
            return null;
        }

        var text = Joined(value);
        var parts = text?.Split(' ') ?? [];
        if (parts is not [Version, ..])
        {
            problem = text?.StartsWith(Family, StringComparison.Ordinal) == true ? "was written by another version of HostingOps" : "is not what HostingOps writes";
            return null;
        }

        if (Field(parts, "owner") is { } owner && IsOwner(owner) && Field(parts, "site") is { } site && NameSyntax.IsName(site))
        {
            return new RecordOwnership(owner, site);
        }

        problem = "names no owner or no site";
        return null;
    }

    // Once and only once: of two, each reader could take another.
    private static string? Field(string[] parts, string key)
    {
        var found = parts.Skip(1).Where(part => part.StartsWith(key + "=", StringComparison.Ordinal)).ToArray();
        return found is [var only] ? Uri.UnescapeDataString(only[(key.Length + 1)..]) : null;
    }

    // The strings of one TXT value as one text; null when it is quoted in a way that we never write.
    private static string? Joined(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var at = 0; at < value.Length;)
        {
            var end = value[at] == '"' ? value.IndexOf('"', at + 1) : -1;
            if (end < 0)
            {
                return null;
            }

            text.Append(value, at + 1, end - at - 1);
            if (end + 1 < value.Length && value[end + 1] != ' ')
            {
                return null;
            }

            at = end + 2;
        }

        return text.ToString();
    }

    private static bool IsLetterOrDigit(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character);
}
