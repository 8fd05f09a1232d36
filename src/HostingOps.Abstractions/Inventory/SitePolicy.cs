namespace HostingOps;

/// <summary>What may happen to a site by itself, and how often.</summary>
public sealed record SitePolicy
{
    /// <summary>Whether the watcher may fail the site over without being asked. Default false.</summary>
    public bool Automatic { get; init; }

    /// <summary>Time after a switch in which the site is not switched again. Default 15 min.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long the primary must have been healthy before the watcher takes the site back to it after a failover, or null
    /// (default) for never. Needs <see cref="Automatic"/>. Grows when the site had to fail over again.
    /// </summary>
    public TimeSpan? Failback { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{(Automatic ? "automatic" : "by hand")}, cooldown {Cooldown.TotalMinutes:0.#} min{(Failback is { } back ? FormattableString.Invariant($", back after {back.TotalMinutes:0.#} min") : "")}");
}
