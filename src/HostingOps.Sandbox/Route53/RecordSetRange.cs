using System.Collections.Immutable;

namespace HostingOps.Sandbox.Route53;

/// <summary>Finds places in a zone's sorted record sets.</summary>
internal static class RecordSetRange
{
    /// <summary>The index of the first record set that does not come before the given place.</summary>
    public static int IndexFrom(ImmutableSortedSet<RecordSet> records, RecordName name, string? type, string? identifier)
    {
        var probe = new RecordSet { Name = name, Type = type ?? "", SetIdentifier = identifier };
        var index = records.IndexOf(probe);
        return index >= 0 ? index : ~index;
    }

    /// <summary>The record sets of one name.</summary>
    public static IReadOnlyList<RecordSet> AtName(ImmutableSortedSet<RecordSet> records, RecordName name)
    {
        var found = new List<RecordSet>();
        for (var index = IndexFrom(records, name, null, null); index < records.Count && records[index].Name.Equals(name); index++)
        {
            found.Add(records[index]);
        }

        return found;
    }
}
