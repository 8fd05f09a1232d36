namespace HostingOps;

/// <summary>One entry in a recovery's timeline.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Elapsed">Time since the beginning.</param>
/// <param name="Step">The step: Launch, Boot, Publish, Test, Move, Verify or Retire.</param>
/// <param name="Text">What happened, in one sentence.</param>
public sealed record ApexRecoveryEvent(DateTimeOffset At, TimeSpan Elapsed, string Step, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Elapsed.TotalSeconds:0.0} s {Step}: {Text}");
}
