namespace HostingOps;

/// <summary>What may happen to a site by itself, and how often.</summary>
public sealed record SitePolicy
{
    /// <summary>Whether the watcher may fail the site over without being asked. Default false.</summary>
    public bool Automatic { get; init; }

    /// <summary>Time after a switch in which the site is not switched again. Default 15 min.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{(Automatic ? "automatic" : "by hand")}, cooldown {Cooldown.TotalMinutes:0.#} min");
}
