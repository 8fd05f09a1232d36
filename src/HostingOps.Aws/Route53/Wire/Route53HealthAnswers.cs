using System.Xml.Linq;
using Amazon.Route53.Model;
using HostingOps.Aws.Wire;

namespace Amazon.Route53.Wire;

/// <summary>Reads health checks, member by member as the Route 53 model names them.</summary>
internal static class Route53HealthAnswers
{
    public static StatusReport StatusReport(XElement e) => new()
    {
        Status = e.Text("Status"),
        CheckedTime = e.Time("CheckedTime"),
    };

    public static HealthCheckObservation HealthCheckObservation(XElement e) => new()
    {
        Region = e.Text("Region")!,
        IPAddress = e.Text("IPAddress"),
        StatusReport = e.Child("StatusReport", StatusReport),
    };

    public static GetHealthCheckStatusResponse GetHealthCheckStatusResponse(XElement e) => new()
    {
        HealthCheckObservations = e.List("HealthCheckObservations", "HealthCheckObservation", HealthCheckObservation),
    };

    public static AlarmIdentifier AlarmIdentifier(XElement e) => new()
    {
        Region = e.Text("Region")!,
        Name = e.Text("Name")!,
    };

    public static HealthCheckConfig HealthCheckConfig(XElement e) => new()
    {
        IPAddress = e.Text("IPAddress"),
        Port = e.Int("Port"),
        Type = e.Text("Type")!,
        ResourcePath = e.Text("ResourcePath"),
        FullyQualifiedDomainName = e.Text("FullyQualifiedDomainName"),
        SearchString = e.Text("SearchString"),
        RequestInterval = e.Int("RequestInterval"),
        FailureThreshold = e.Int("FailureThreshold"),
        MeasureLatency = e.Bool("MeasureLatency"),
        Inverted = e.Bool("Inverted"),
        Disabled = e.Bool("Disabled"),
        HealthThreshold = e.Int("HealthThreshold"),
        ChildHealthChecks = e.List("ChildHealthChecks", "ChildHealthCheck", static item => item.Value),
        EnableSNI = e.Bool("EnableSNI"),
        Regions = e.List("Regions", "Region", static item => HealthCheckRegion.FindValue(item.Value)),
        AlarmIdentifier = e.Child("AlarmIdentifier", AlarmIdentifier),
        InsufficientDataHealthStatus = e.Text("InsufficientDataHealthStatus")!,
        RoutingControlArn = e.Text("RoutingControlArn"),
    };

    public static Dimension Dimension(XElement e) => new()
    {
        Name = e.Text("Name")!,
        Value = e.Text("Value")!,
    };

    public static CloudWatchAlarmConfiguration CloudWatchAlarmConfiguration(XElement e) => new()
    {
        EvaluationPeriods = e.Int("EvaluationPeriods"),
        Threshold = e.Double("Threshold"),
        ComparisonOperator = e.Text("ComparisonOperator")!,
        Period = e.Int("Period"),
        MetricName = e.Text("MetricName")!,
        Namespace = e.Text("Namespace")!,
        Statistic = e.Text("Statistic")!,
        Dimensions = e.List("Dimensions", "Dimension", Dimension),
    };

    public static HealthCheck HealthCheck(XElement e) => new()
    {
        Id = e.Text("Id")!,
        CallerReference = e.Text("CallerReference")!,
        LinkedService = e.Child("LinkedService", Route53Answers.LinkedService),
        HealthCheckConfig = e.Child("HealthCheckConfig", HealthCheckConfig)!,
        HealthCheckVersion = e.Long("HealthCheckVersion"),
        CloudWatchAlarmConfiguration = e.Child("CloudWatchAlarmConfiguration", CloudWatchAlarmConfiguration),
    };

    public static GetHealthCheckResponse GetHealthCheckResponse(XElement e) => new()
    {
        HealthCheck = e.Child("HealthCheck", HealthCheck)!,
    };

    public static ListHealthChecksResponse ListHealthChecksResponse(XElement e) => new()
    {
        HealthChecks = e.List("HealthChecks", "HealthCheck", HealthCheck),
        Marker = e.Text("Marker")!,
        IsTruncated = e.Bool("IsTruncated"),
        NextMarker = e.Text("NextMarker"),
        MaxItems = e.Text("MaxItems")!,
    };

    public static CreateHealthCheckResponse CreateHealthCheckResponse(XElement e) => new()
    {
        HealthCheck = e.Child("HealthCheck", HealthCheck)!,
    };
}
