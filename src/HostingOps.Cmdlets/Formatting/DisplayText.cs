using System.Globalization;

namespace HostingOps.Cmdlets.Formatting;

/// <summary>Words and figures for the default views. Used by HostingOps.Format.ps1xml; not meant for scripts.</summary>
public static class DisplayText
{
    /// <summary>A time in this machine's zone with how long ago, or how far ahead, it is: <c>2026-03-01 12:00:00 (5 min ago)</c>.</summary>
    public static string Time(DateTimeOffset? at) => at is { } time ? Time(time, DateTimeOffset.Now) : "";

    /// <summary>The same, seen from a given time.</summary>
    public static string Time(DateTimeOffset at, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.ToOffset(now.Offset):yyyy-MM-dd HH:mm:ss} ({Relative(at, now)})");

    /// <summary>A time in this machine's zone, to the minute.</summary>
    public static string Minute(DateTimeOffset? at) =>
        at is { } time ? time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "";

    /// <summary>How long ago, or how far ahead.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = now - at;
        var text = Span(distance.Duration());
        return text is "0 s" ? "now" : distance < TimeSpan.Zero ? "in " + text : text + " ago";
    }

    /// <summary>A span in its largest fitting unit: <c>45 s</c>, <c>5 min</c>, <c>3 h</c>, <c>12 d</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalSeconds} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d"),
    };

    /// <summary>Seconds with two digits and the unit, or nothing.</summary>
    public static string Seconds(double? seconds) =>
        seconds is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) + " s" : "";

    /// <summary>Milliseconds and the unit, or nothing.</summary>
    public static string Milliseconds(double? milliseconds) =>
        milliseconds is { } value ? value.ToString("0", CultureInfo.InvariantCulture) + " ms" : "";

    /// <summary>
    /// Text in a colour of $PSStyle. Plain when there is no colour, with OutputRendering PlainText (which NO_COLOR sets),
    /// and with Host into a file or a pipe: PowerShell itself leaves escape codes in the redirected output of its process.
    /// </summary>
    public static string Coloured(string text, string? colour, string? outputRendering) =>
        Coloured(text, colour, outputRendering, Console.IsOutputRedirected);

    internal static string Coloured(string text, string? colour, string? outputRendering, bool redirected) =>
        string.IsNullOrEmpty(colour) || outputRendering == "PlainText" || (outputRendering == "Host" && redirected)
            ? text
            : $"{colour}{text}\u001b[0m";

    /// <summary>Each item on a line of its own.</summary>
    public static string Lines(System.Collections.IEnumerable? items) =>
        items is null ? "" : string.Join('\n', items.Cast<object>());

    /// <summary>Gates as aligned lines: + lets through, - refuses, ? could not be answered, ! was overridden; the name; the reason.</summary>
    public static string Gates(IEnumerable<FailoverGate>? gates) =>
        gates is null ? "" : string.Join('\n', gates.Select(gate => $"{Mark(gate.Outcome)} {gate.Name,-16} {gate.Reason}"));

    /// <summary>The conditions of a move, in the same form.</summary>
    public static string Conditions(IEnumerable<ElasticIpGate>? gates) =>
        gates is null ? "" : string.Join('\n', gates.Select(gate => $"{Mark(gate.Outcome)} {gate.Name,-16} {gate.Reason}"));

    /// <summary>Tags by key, a line for each.</summary>
    public static string Tags(IReadOnlyDictionary<string, string>? tags) =>
        tags is null ? "" : string.Join('\n', tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));

    /// <summary>Record sets in one line.</summary>
    public static string Records(IEnumerable<DnsRecordSet>? records) =>
        records is null ? "" : string.Join(" + ", records);

    /// <summary>What the record sets say, as far as a table has room: the first value, and how many more there are.</summary>
    public static string Values(IEnumerable<DnsRecordSet>? records)
    {
        var values = (records ?? []).SelectMany(Values).ToList();
        return values.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{values[0]} +{values.Count - 1}") : string.Concat(values);
    }

    /// <summary>What changes, a line per record type: <c>A 203.0.113.10 -&gt; 198.51.100.7</c>; one value where nothing does.</summary>
    public static string Changes(IEnumerable<DnsRecordSet>? before, IEnumerable<DnsRecordSet>? after)
    {
        var (from, to) = ((before ?? []).ToLookup(set => set.Type), (after ?? []).ToLookup(set => set.Type));
        return string.Join('\n', from.Concat(to).Select(sets => sets.Key).Distinct()
            .Select(type => (Type: type, Before: Joined(from[type]), After: Joined(to[type])))
            .Select(change => change.Before == change.After
                ? $"{change.Type} {change.After}"
                : $"{change.Type} {change.Before} -> {change.After}"));
    }

    /// <summary>As much of an operation's id as names it uniquely: its time and two digits more.</summary>
    public static string OperationId(string? id) => id is { Length: > 12 } ? id[..12] : id ?? "";

    /// <summary>A move from host to host, each <c>?</c> when unknown.</summary>
    public static string Move(string? from, string? to) => $"{from ?? "?"} -> {to ?? "?"}";

    private static IEnumerable<string> Values(DnsRecordSet set) =>
        set.AliasTarget is { } alias ? [$"alias {alias}"] : set.Values;

    private static string Joined(IEnumerable<DnsRecordSet> sets) =>
        string.Join(", ", sets.SelectMany(Values)) is { Length: > 0 } values ? values : "none";

    /// <summary>One character for a gate's answer.</summary>
    internal static char Mark(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => '+',
        GateOutcome.Refused => '-',
        GateOutcome.Overridden => '!',
        _ => '?',
    };
}
