using System.Globalization;

namespace HostingOps.Cmdlets.Formatting;

/// <summary>DNS records for the default views. Used by the module's Format.ps1xml files; not meant for scripts.</summary>
public static class RecordText
{
    /// <summary>Record sets, a line each, or none.</summary>
    public static string Records(object? records) =>
        string.Join('\n', ViewedObject.Items(records).Select(ViewedObject.Text)) is { Length: > 0 } text ? text : "none";

    /// <summary>What the record sets say, as far as a table has room: the first value, and how many more there are.</summary>
    public static string Values(object? records)
    {
        var values = ViewedObject.Items(records).SelectMany(ValuesOf).ToList();
        return values.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{values[0]} +{values.Count - 1}") : string.Concat(values);
    }

    /// <summary>What changes, a line per record type: <c>A 203.0.113.10 -&gt; 198.51.100.7</c>; one value where nothing does.</summary>
    public static string Changes(object? before, object? after)
    {
        var (from, to) = (ByType(before), ByType(after));
        return string.Join('\n', from.Concat(to).Select(sets => sets.Key).Distinct()
            .Select(type => (Type: type, Before: Joined(from[type]), After: Joined(to[type])))
            .Select(change => change.Before == change.After
                ? $"{change.Type} {change.After}"
                : $"{change.Type} {change.Before} -> {change.After}"));
    }

    private static ILookup<string, object> ByType(object? records) =>
        ViewedObject.Items(records).ToLookup(static set => ViewedObject.Text(set, nameof(DnsRecordSet.Type)));

    private static IEnumerable<string> ValuesOf(object set) =>
        ViewedObject.Text(set, nameof(DnsRecordSet.AliasTarget)) is { Length: > 0 } alias
            ? [$"alias {alias}"]
            : ViewedObject.Items(ViewedObject.Property(set, nameof(DnsRecordSet.Values))).Select(ViewedObject.Text);

    private static string Joined(IEnumerable<object> sets) =>
        string.Join(", ", sets.SelectMany(ValuesOf)) is { Length: > 0 } values ? values : "none";
}
