namespace Amazon.Route53.Model;

/// <summary>A Route 53 health check.</summary>
public sealed class HealthCheck
{
    /// <summary>The id, without the path in front that the API sends.</summary>
    public string Id { get; set; } = null!;

    /// <summary>A text of the caller's that makes a repeated creation harmless.</summary>
    public string CallerReference { get; set; } = null!;

    /// <summary>The AWS service that made it, if one did.</summary>
    public LinkedService? LinkedService { get; set; }

    /// <summary>What it asks.</summary>
    public HealthCheckConfig HealthCheckConfig { get; set; } = null!;

    /// <summary>Counts its changes.</summary>
    public long? HealthCheckVersion { get; set; }

    /// <summary>The alarm behind it.</summary>
    public CloudWatchAlarmConfiguration? CloudWatchAlarmConfiguration { get; set; }
}
