namespace HostingOps;

/// <summary>A hook with its placeholders filled in.</summary>
/// <param name="Stage">When it runs.</param>
/// <param name="Argv">The program and its arguments.</param>
/// <param name="Timeout">Time after which it is killed.</param>
public sealed record PlannedHook(HookStage Stage, IReadOnlyList<string> Argv, TimeSpan Timeout)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Stage}: {string.Join(' ', Argv)}";
}
