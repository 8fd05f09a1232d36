namespace HostingOps;

/// <summary>
/// A program run without a shell: its arguments are never split or expanded again.
/// <c>{{standby.address}}</c>, <c>{{active.name}}</c>, <c>{{site.domain}}</c> and the like are filled in per argument.
/// </summary>
public sealed record Hook
{
    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Argv { get; init; }

    /// <summary>Time after which the program and its children are killed. Default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Argv);
}
