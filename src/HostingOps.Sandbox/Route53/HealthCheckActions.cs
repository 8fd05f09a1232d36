using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Route53;

/// <summary>The actions on health checks. Their checkers look at the sandbox's sites.</summary>
/// <param name="sight">What a checker sees now.</param>
/// <param name="interval">Time between one checker's looks instead of each check's own, or null.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="ids">Makes ids.</param>
internal sealed class HealthCheckActions(HealthCheckSight sight, TimeSpan? interval, TimeProvider timeProvider, SandboxIds ids) : IDisposable
{
    private const int MostPerPage = 100;
    private const int LeastRegions = 3;

    private static readonly string[] Types =
        ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP", "CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

    private readonly object gate = new();
    private readonly SortedDictionary<string, (string Reference, XElement Config)> checks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CheckerLooks> looks = new(StringComparer.Ordinal);

    /// <summary>Whether Route 53 calls the endpoint healthy. What has no checkers counts as healthy.</summary>
    public bool IsHealthy(string healthCheckId)
    {
        lock (gate)
        {
            return !looks.TryGetValue(healthCheckId, out var seen) || seen.IsHealthy;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var seen in looks.Values)
            {
                seen.Dispose();
            }
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
        if (Route53Xml.Number(config, "RequestInterval", "healthCheckConfig.requestInterval", 10, 30) is not (null or 10 or 30))
        {
            throw new ApiException(400, "InvalidInput", "Invalid request interval: it must be 10 or 30.");
        }

        if (config.Element(Route53Xml.Namespace + "Regions")?.Elements().Count() is > 0 and < LeastRegions)
        {
            throw new ApiException(400, "InvalidInput", "At least three regions must be specified.");
        }

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
            if (same.Key is null && AsksEndpoint(config))
            {
                looks[healthCheckId] = new CheckerLooks(config, () => sight.Look(config), interval, timeProvider);
            }

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
            return looks.TryGetValue(healthCheckId, out var seen)
                ? new XElement("GetHealthCheckStatusResponse", new XElement("HealthCheckObservations", seen.Observations()))
                : throw new ApiException(400, "InvalidInput", "The status of a health check that has no endpoint can't be asked for.");
        }
    }

    private static bool AsksEndpoint(XElement config) =>
        Route53Xml.Required(config, "Type") is "HTTP" or "HTTPS" or "HTTP_STR_MATCH" or "HTTPS_STR_MATCH" or "TCP";

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
