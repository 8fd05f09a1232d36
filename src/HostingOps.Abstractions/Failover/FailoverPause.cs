namespace HostingOps;

/// <summary>Failover of a site switched off by hand.</summary>
public sealed record FailoverPause
{
    /// <summary>The site. Binds to -Name in a pipeline.</summary>
    public required string SiteName { get; init; }

    /// <summary>Who switched it off, <c>user@machine</c>.</summary>
    public required string By { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Since when (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until when (UTC), or null for until it is switched on again.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The inventory of its site. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>Whether the pause holds at that time.</summary>
    public bool IsActiveAt(DateTimeOffset now) => Until is null || now < Until;

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{SiteName}, no failover {(Until is { } end ? $"until {end.UtcDateTime:yyyy-MM-dd HH:mm}Z" : "until switched on")}: {Reason}");
}
