namespace Amazon.Route53.Model;

/// <summary>What a health check asks, and how often.</summary>
public sealed class HealthCheckConfig
{
    /// <summary>Creates it empty.</summary>
    public HealthCheckConfig()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public HealthCheckConfig(HealthCheckType type)
    {
        Type = type;
    }

    /// <summary>An address.</summary>
    public string? IPAddress { get; set; }

    /// <summary>Port, 1 to 65535.</summary>
    public int? Port { get; set; }

    /// <summary>The type.</summary>
    public HealthCheckType Type { get; set; } = null!;

    /// <summary>Path to ask for.</summary>
    public string? ResourcePath { get; set; }

    /// <summary>Host name to ask for.</summary>
    public string? FullyQualifiedDomainName { get; set; }

    /// <summary>Text that must be in the first 5,120 bytes.</summary>
    public string? SearchString { get; set; }

    /// <summary>10 or 30 seconds, fixed at creation.</summary>
    public int? RequestInterval { get; set; }

    /// <summary>Results in a row that change the verdict, 1 to 10.</summary>
    public int? FailureThreshold { get; set; }

    /// <summary>Measure latency too.</summary>
    public bool? MeasureLatency { get; set; }

    /// <summary>Healthy counts as unhealthy.</summary>
    public bool? Inverted { get; set; }

    /// <summary>Not asked, and always healthy.</summary>
    public bool? Disabled { get; set; }

    /// <summary>How many children must be healthy, 0 to 256.</summary>
    public int? HealthThreshold { get; set; }

    /// <summary>Ids of the children of a calculated check.</summary>
    public List<string>? ChildHealthChecks { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Send the host name in the TLS handshake.</summary>
    public bool? EnableSNI { get; set; }

    /// <summary>Regions to check from; at least three.</summary>
    public List<HealthCheckRegion>? Regions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The CloudWatch alarm.</summary>
    public AlarmIdentifier? AlarmIdentifier { get; set; }

    /// <summary>The verdict while the alarm has no data.</summary>
    public InsufficientDataHealthStatus? InsufficientDataHealthStatus { get; set; }

    /// <summary>The routing control.</summary>
    public string? RoutingControlArn { get; set; }
}
