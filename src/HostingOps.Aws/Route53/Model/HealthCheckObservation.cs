namespace Amazon.Route53.Model;

/// <summary>What one checker saw last.</summary>
public sealed class HealthCheckObservation
{
    /// <summary>The region.</summary>
    public HealthCheckRegion? Region { get; set; }

    /// <summary>An address.</summary>
    public string? IPAddress { get; set; }

    /// <summary>What was seen.</summary>
    public StatusReport? StatusReport { get; set; }
}
