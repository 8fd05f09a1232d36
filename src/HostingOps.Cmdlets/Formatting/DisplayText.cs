using System.Globalization;

namespace HostingOps.Cmdlets.Formatting;

/// <summary>
/// Words and figures for the default views. Used by the module's Format.ps1xml files; not meant for scripts. What it is given
/// may be our objects, or what Import-Clixml, a job or a remote session made of them.
/// </summary>
public static class DisplayText
{
    /// <summary>A time in UTC with how long ago, or how far ahead, it is: <c>2026-03-01 12:00:00Z (5 min ago)</c>.</summary>
    public static string Time(object? at) => Time(at, TimeProvider.System);

    /// <summary>The same, by a clock.</summary>
    public static string Time(object? at, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return ViewedObject.Instant(at) is { } time ? Time(time, clock.GetUtcNow()) : "";
    }

    /// <summary>The same, seen from a given time.</summary>
    public static string Time(DateTimeOffset at, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z ({Relative(at, now)})");

    /// <summary>A time in UTC, nothing beside it: for a column whose rows belong to one moment.</summary>
    public static string Exact(object? at) =>
        ViewedObject.Instant(at) is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z") : "";

    /// <summary>A time in UTC to the minute, and under it how long ago, or how far ahead, it is: for a narrow column.</summary>
    public static string Minute(object? at) => Minute(at, TimeProvider.System);

    /// <summary>The same, by a clock.</summary>
    public static string Minute(object? at, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return ViewedObject.Instant(at) is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd HH:mm}Z\n{Relative(time, clock.GetUtcNow())}")
            : "";
    }

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

    /// <summary>A span in seconds, as the inventory has it: <c>5 s</c>, <c>0.5 s</c>; from two minutes on as <see cref="Span"/> has it.</summary>
    public static string Duration(object? span) =>
        ViewedObject.Unwrapped(span) is TimeSpan value
            ? value.TotalMinutes < 2 ? value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s" : Span(value)
            : "";

    /// <summary>Seconds from one time to another with two digits and the unit, or nothing.</summary>
    public static string Elapsed(object? from, object? to) =>
        ViewedObject.Instant(from) is { } start && ViewedObject.Instant(to) is { } end ? Seconds((end - start).TotalSeconds) : "";

    /// <summary>Seconds with two digits and the unit, or nothing.</summary>
    public static string Seconds(double? seconds) =>
        seconds is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) + " s" : "";

    /// <summary>Milliseconds and the unit, or nothing.</summary>
    public static string Milliseconds(double? milliseconds) =>
        milliseconds is { } value ? value.ToString("0", CultureInfo.InvariantCulture) + " ms" : "";

    /// <summary>Bytes in the largest fitting unit: <c>512 B</c>, <c>64 KiB</c>, <c>1.5 GiB</c>.</summary>
    public static string Size(long? bytes) => bytes is not { } value ? "" : value switch
    {
        < 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{value} B"),
        < 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{value / (double)(1L << 10):0.#} KiB"),
        < 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{value / (double)(1L << 20):0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value / (double)(1L << 30):0.#} GiB"),
    };

    /// <summary>Yes or no, or nothing.</summary>
    public static string YesNo(bool? answer) => answer is { } value ? value ? "yes" : "no" : "";

    /// <summary>Each item on a line of its own.</summary>
    public static string Lines(object? items) => string.Join('\n', ViewedObject.Items(items).Select(ViewedObject.Text));

    /// <summary>The items in one line.</summary>
    public static string Line(object? items) => string.Join(", ", ViewedObject.Items(items).Select(ViewedObject.Text));

    /// <summary>Tags by key, a line for each.</summary>
    public static string Tags(object? tags) => Lines(ViewedObject.Unwrapped(tags) is System.Collections.IDictionary map
        ? map.Keys.Cast<object>().Select(key => $"{key}={map[key]}").Order(StringComparer.Ordinal)
        : null);

    /// <summary>As much of an operation's id as names it uniquely: its time and two digits more.</summary>
    public static string OperationId(string? id) => id is { Length: > 12 } ? id[..12] : id ?? "";

    /// <summary>A move from host to host, each <c>?</c> when unknown.</summary>
    public static string Move(string? from, string? to) =>
        $"{(string.IsNullOrEmpty(from) ? "?" : from)} -> {(string.IsNullOrEmpty(to) ? "?" : to)}";

    /// <summary>A status in its colour of $PSStyle, where the output takes colours.</summary>
    public static string Status(object? status, object? style) => StatusColour.Paint(ViewedObject.Text(status), style);

    /// <summary>One character for a gate's answer.</summary>
    internal static char Mark(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => '+',
        GateOutcome.Refused => '-',
        GateOutcome.Overridden => '!',
        _ => '?',
    };
}
