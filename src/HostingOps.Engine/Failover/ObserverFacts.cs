namespace HostingOps.Engine.Failover;

/// <summary>What is known of the observer's own view of the world.</summary>
/// <param name="Configured">Known-good addresses that were asked.</param>
/// <param name="Answered">How many of them answered.</param>
/// <param name="StandbysAsked">Standby hosts that were probed in the same run.</param>
/// <param name="StandbysAnswered">How many of them answered at all.</param>
internal sealed record ObserverFacts(int Configured, int Answered, int StandbysAsked, int StandbysAnswered);
