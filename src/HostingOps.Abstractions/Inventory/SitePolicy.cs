namespace HostingOps;

/// <summary>What may happen to a site by itself, and how often.</summary>
public sealed record SitePolicy
{
    /// <summary>Whether the watcher may fail the site over without being asked. Default false.</summary>
    public bool Automatic { get; init; }

    /// <summary>
    /// How long the site must have been down before the watcher fails it over, so that outages that end by themselves move nothing.
    /// Default 25 s; 0 to 1 h. Alerts, and failovers by hand, do not wait for it.
    /// </summary>
    public TimeSpan AutomaticAfter { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Time after a switch in which the site is not switched again. Default 15 min.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long the primary must have been healthy before the watcher takes the site back to it after a failover, or null
    /// (default) for never. Needs <see cref="Automatic"/>. Grows when the site had to fail over again.
    /// </summary>
    public TimeSpan? Failback { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{(Automatic ? FormattableString.Invariant($"automatic after {AutomaticAfter.TotalSeconds:0.#} s") : "by hand")}, cooldown {Cooldown.TotalMinutes:0.#} min{(Failback is { } back ? FormattableString.Invariant($", back after {back.TotalMinutes:0.#} min") : "")}");
}
