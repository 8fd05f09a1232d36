namespace HostingOps;

/// <summary>
/// A time in which failures are expected and nothing is concluded from them: once, from <see cref="From"/> to <see cref="To"/>,
/// or on days of each week. Concerns what any of <see cref="Sites"/>, <see cref="Hosts"/> and <see cref="Providers"/> names;
/// everything when all three are empty.
/// </summary>
public sealed record MaintenanceWindow
{
    /// <summary>Why, for whoever wonders.</summary>
    public required string Reason { get; init; }

    /// <summary>Site names, with PowerShell's wildcards.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>Host names. A site is concerned while the host looked at is one of them.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Providers, with all their hosts.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Beginning of a single window, or null for a weekly one.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>End of a single window, or null for a weekly one. Not part of it.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Days on which a weekly window begins, <c>sun</c> to <c>sat</c>; empty for a single one.</summary>
    public IReadOnlyList<string> Weekly { get; init; } = [];

    /// <summary>Wall-clock time in <see cref="TimeZone"/> at which a weekly window begins.</summary>
    public TimeOnly At { get; init; }

    /// <summary>How long a weekly window lasts, as time that passes: a clock change within does not change it. 1 min to 7 d.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>IANA or Windows id of the time zone of a weekly window. Default <c>UTC</c>.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <inheritdoc/>
    public override string ToString() => Weekly.Count > 0
        ? FormattableString.Invariant($"{string.Join(", ", Weekly)} {At:HH:mm} {TimeZone}, {Duration.TotalHours:0.##} h: {Reason}")
        : FormattableString.Invariant($"{From:u} to {To:u}: {Reason}");
}
