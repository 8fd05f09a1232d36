namespace HostingOps.Engine.Health;

/// <summary>Whether this machine sees the world well enough for its failures to count.</summary>
/// <param name="IsSane">True when a known-good address answered, or when none is configured.</param>
/// <param name="WasChecked">Whether there was anything to ask.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record ObserverSanity(bool IsSane, bool WasChecked, string Reason);
