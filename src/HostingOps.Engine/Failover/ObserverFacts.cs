using HostingOps.Engine.Health;

namespace HostingOps.Engine.Failover;

/// <summary>What is known of the observer's own view of the world.</summary>
/// <param name="Checks">What the inventory's known-good addresses said.</param>
/// <param name="StandbysAsked">Standby hosts that were probed in the same run.</param>
/// <param name="StandbysAnswered">How many of them answered at all.</param>
internal sealed record ObserverFacts(ObserverSanity Checks, int StandbysAsked, int StandbysAnswered);
