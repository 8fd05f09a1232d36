namespace Amazon.Route53.Model;

/// <summary>The CloudWatch alarm behind a health check.</summary>
public sealed class CloudWatchAlarmConfiguration
{
    /// <summary>Periods compared.</summary>
    public int? EvaluationPeriods { get; set; }

    /// <summary>The value compared with.</summary>
    public double? Threshold { get; set; }

    /// <summary>How it is compared.</summary>
    public ComparisonOperator ComparisonOperator { get; set; } = null!;

    /// <summary>Length of a period in seconds.</summary>
    public int? Period { get; set; }

    /// <summary>The metric.</summary>
    public string MetricName { get; set; } = null!;

    /// <summary>The metric's namespace.</summary>
    public string Namespace { get; set; } = null!;

    /// <summary>What is computed.</summary>
    public Statistic Statistic { get; set; } = null!;

    /// <summary>What narrows the metric.</summary>
    public List<Dimension>? Dimensions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
