namespace HostingOps;

/// <summary>A line to the world that is known by its public addresses.</summary>
public sealed record UplinkSettings
{
    /// <summary>Name in the inventory, for example <c>4g</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its address ranges, <c>203.0.113.0/24</c> or a single address.</summary>
    public IReadOnlyList<string> Ranges { get; init; } = [];

    /// <summary>What happens when it comes into use. Default <see cref="UplinkReaction.Alert"/>.</summary>
    public UplinkReaction Reaction { get; init; } = UplinkReaction.Alert;

    /// <summary>
    /// Whether dynamic records may get its addresses. Default: unless the reaction is
    /// <see cref="UplinkReaction.SwitchToMirror"/>, for visitors do not get through to a line that needs a mirror.
    /// </summary>
    public bool Publish { get; init; } = true;

    /// <summary>The hosts that stand behind this machine's lines; empty for those whose <c>cname</c> is the dynamic record that showed the change.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
