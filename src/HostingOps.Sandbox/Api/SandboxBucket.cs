namespace HostingOps.Sandbox.Api;

/// <summary>The size of a token bucket.</summary>
/// <param name="Burst">Tokens when full; 1 or more.</param>
/// <param name="PerSecond">Tokens refilled per second; above 0.</param>
public sealed record SandboxBucket(double Burst, double PerSecond);
