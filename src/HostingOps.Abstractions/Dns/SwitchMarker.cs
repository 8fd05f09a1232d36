namespace HostingOps;

/// <summary>
/// Who made the last switch in a zone: the TXT record <c>_hostingops.&lt;zone&gt;</c>, written in the same atomic
/// batch as the switch itself.
/// </summary>
public sealed record SwitchMarker
{
    /// <summary>The operation's id.</summary>
    public required string OperationId { get; init; }

    /// <summary>Who ran it, <c>user@machine</c>.</summary>
    public required string By { get; init; }

    /// <summary>When the batch was sent (UTC, whole seconds).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Number of the batch within the operation, from 1.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>The sites of the batch, when there were few enough to name; else empty.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>How many sites the batch held.</summary>
    public int SiteCount { get; init; }

    /// <summary>Whether the batch held the site, as far as the marker tells: a batch of many sites names none.</summary>
    public bool Names(string siteName) => Sites.Contains(siteName) || (Sites.Count == 0 && SiteCount > 0);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{OperationId} by {By}, batch {Batch}");
}
