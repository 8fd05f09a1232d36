using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Route53;

/// <summary>The actions on health checks. The sandbox's checkers look at nothing: they report what a rehearsal tells them to.</summary>
internal sealed class HealthCheckActions(TimeProvider timeProvider, SandboxIds ids)
{
    private const int MostPerPage = 100;

    private static readonly string[] CheckerRegions =
        ["us-east-1", "us-west-1", "us-west-2", "eu-west-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "sa-east-1"];

    private static readonly string[] Types =
        ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP", "CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

    private readonly object gate = new();
    private readonly SortedDictionary<string, (string Reference, XElement Config)> checks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> failingCheckers = new(StringComparer.Ordinal);

    /// <summary>Checkers that look at each health check: two per region.</summary>
    public static int CheckerCount => CheckerRegions.Length * 2;

    /// <summary>Lets some checkers of a health check report failure.</summary>
    public void SetFailingCheckers(string healthCheckId, int count)
    {
        lock (gate)
        {
            Find(healthCheckId);
            failingCheckers[healthCheckId] = Math.Clamp(count, 0, CheckerCount);
        }
    }

    /// <summary>Whether more than 18% of the checkers report success, which is when Route 53 calls an endpoint healthy.</summary>
    public bool IsHealthy(string healthCheckId)
    {
        lock (gate)
        {
            return CheckerCount - failingCheckers.GetValueOrDefault(healthCheckId) > CheckerCount * 0.18;
        }
    }

    /// <summary>Refuses record sets with a health check that does not exist.</summary>
    /// <exception cref="ApiException">NoSuchHealthCheck.</exception>
    public void CheckExist(IEnumerable<string?> healthCheckIds)
    {
        lock (gate)
        {
            foreach (var id in healthCheckIds.OfType<string>())
            {
                Find(id);
            }
        }
    }

    /// <summary>CreateHealthCheck.</summary>
    public XElement Create(byte[] body, out string healthCheckId)
    {
        var request = Route53Xml.Read(body, "CreateHealthCheckRequest", "The request");
        var reference = Route53Xml.Required(request, "CallerReference");
        var config = request.Element(Route53Xml.Namespace + "HealthCheckConfig")
            ?? throw new ApiException(400, "InvalidInput", "Invalid XML ; the element 'HealthCheckConfig' is missing in 'CreateHealthCheckRequest'");
        var type = Route53Xml.Required(config, "Type");
        if (!Types.Contains(type, StringComparer.Ordinal))
        {
            throw Route53Xml.Constraint(type, "healthCheckConfig.type", $"Member must satisfy enum value set: [{string.Join(", ", Types)}]");
        }

        Route53Xml.Number(config, "Port", "healthCheckConfig.port", 1, 65535);
        Route53Xml.Number(config, "RequestInterval", "healthCheckConfig.requestInterval", 10, 30);
        Route53Xml.Number(config, "FailureThreshold", "healthCheckConfig.failureThreshold", 1, 10);
        lock (gate)
        {
            var same = checks.FirstOrDefault(check => check.Value.Reference == reference);
            if (same.Key is not null && !XNode.DeepEquals(same.Value.Config, config))
            {
                throw new ApiException(
                    409, "HealthCheckAlreadyExists", $"A health check with caller reference {reference} and other settings exists.");
            }

            healthCheckId = same.Key ?? ids.RequestId();
            checks[healthCheckId] = (reference, config);
            return new XElement("CreateHealthCheckResponse", Write(healthCheckId));
        }
    }

    /// <summary>GetHealthCheck.</summary>
    public XElement Get(string healthCheckId)
    {
        lock (gate)
        {
            return new XElement("GetHealthCheckResponse", Write(healthCheckId));
        }
    }

    /// <summary>ListHealthChecks.</summary>
    public XElement List(QueryString query)
    {
        var most = query.MaxItems(MostPerPage);
        var marker = query["marker"];
        lock (gate)
        {
            var rest = checks.Keys.Where(id => marker is null || string.CompareOrdinal(id, marker) >= 0).ToList();
            return new XElement(
                "ListHealthChecksResponse",
                new XElement("HealthChecks", rest.Take(most).Select(Write)),
                new XElement("Marker", marker ?? ""),
                new XElement("IsTruncated", rest.Count > most),
                rest.Count > most ? new XElement("NextMarker", rest[most]) : null,
                new XElement("MaxItems", most));
        }
    }

    /// <summary>GetHealthCheckStatus: one observation per checker, and no aggregate.</summary>
    public XElement Status(string healthCheckId)
    {
        lock (gate)
        {
            Find(healthCheckId);
            var failing = failingCheckers.GetValueOrDefault(healthCheckId);
            var checkedAt = Route53Xml.Time(timeProvider.GetUtcNow());
            return new XElement(
                "GetHealthCheckStatusResponse",
                new XElement(
                    "HealthCheckObservations",
                    Enumerable.Range(0, CheckerCount).Select(index => new XElement(
                        "HealthCheckObservation",
                        new XElement("Region", CheckerRegions[index % CheckerRegions.Length]),
                        new XElement("IPAddress", $"192.0.2.{index + 1}"),
                        new XElement(
                            "StatusReport",
                            new XElement("Status", index < failing ? "Failure: Connection timed out." : "Success: HTTP Status Code 200, OK"),
                            new XElement("CheckedTime", checkedAt))))));
        }
    }

    private (string Reference, XElement Config) Find(string healthCheckId) => checks.TryGetValue(healthCheckId, out var check)
        ? check
        : throw new ApiException(404, "NoSuchHealthCheck", $"No health check exists with the specified ID {healthCheckId}");

    private XElement Write(string healthCheckId)
    {
        var (reference, config) = Find(healthCheckId);
        return new XElement(
            "HealthCheck",
            new XElement("Id", healthCheckId),
            new XElement("CallerReference", reference),
            config,
            new XElement("HealthCheckVersion", 1));
    }
}
