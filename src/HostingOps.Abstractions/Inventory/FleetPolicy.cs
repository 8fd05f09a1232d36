namespace HostingOps;

/// <summary>Limits over the whole inventory, which keep a broken observer from moving the fleet.</summary>
public sealed record FleetPolicy
{
    /// <summary>Failovers within <see cref="Window"/>, at most. Default 3.</summary>
    public int MaxFailovers { get; init; } = 3;

    /// <summary>Share of the inventory's sites within <see cref="Window"/>, in percent, at most. Default 30. One site is always allowed.</summary>
    public int MaxFailoverPercent { get; init; } = 30;

    /// <summary>Failovers away from one provider within <see cref="Window"/>, at most, or null for no limit of its own.</summary>
    public int? MaxFailoversPerProvider { get; init; }

    /// <summary>The time over which failovers are counted. Default 1 h.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Known-good http(s) addresses; when none of them answers, the observer is at fault and nothing moves.</summary>
    public IReadOnlyList<string> ObserverChecks { get; init; } = [];

    /// <summary>
    /// Share of what is watched that may begin to fail at once, in percent, before this machine's own view is doubted. Default 60.
    /// </summary>
    public int MaxFailingPercent { get; init; } = 60;

    /// <summary>The highest TTL in seconds that a site's record may have without a finding. Default 300.</summary>
    public int MaxTtl { get; init; } = 300;

    /// <summary>
    /// Whether each batch of switches also writes the TXT record <c>_hostingops.&lt;zone&gt;</c> with who wrote it,
    /// so that a lost race can name its winner. Default true.
    /// </summary>
    public bool Marker { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{MaxFailovers} sites or {MaxFailoverPercent}% in {Window.TotalMinutes:0.#} min");
}
