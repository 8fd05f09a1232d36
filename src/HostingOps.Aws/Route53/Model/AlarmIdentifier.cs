namespace Amazon.Route53.Model;

/// <summary>The CloudWatch alarm that a health check follows.</summary>
public sealed class AlarmIdentifier
{
    /// <summary>The region.</summary>
    public CloudWatchRegion Region { get; set; } = null!;

    /// <summary>The name.</summary>
    public string Name { get; set; } = null!;
}
