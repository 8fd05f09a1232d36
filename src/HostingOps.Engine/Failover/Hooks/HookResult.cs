namespace HostingOps.Engine.Failover.Hooks;

/// <summary>What a hook did.</summary>
/// <param name="ExitCode">Its exit code, or null when it did not end by itself or never began.</param>
/// <param name="Output">The end of its standard output and error, mixed as they came: at most 64 KiB of UTF-8, secrets masked.</param>
/// <param name="OmittedCharacters">Characters of output before <paramref name="Output"/> that were dropped.</param>
/// <param name="Seconds">How long it ran.</param>
internal sealed record HookResult(int? ExitCode, string Output, long OmittedCharacters, double Seconds);
