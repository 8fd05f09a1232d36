using System.Xml.Linq;
using HostingOps.Sandbox.Api;
using HostingOps.Sandbox.Http;

namespace HostingOps.Sandbox.Route53;

/// <summary>The REST-XML API 2013-04-01 of Route 53: routes, admission, error form.</summary>
internal sealed class Route53Service(ZoneActions zones, RecordActions records, HealthCheckActions healthChecks, Throttle throttle) : IAwsService
{
    private const string Root = "/2013-04-01/";

    /// <summary>Route 53 is global and signs for its partition's implicit region.</summary>
    private static readonly string[] SigningRegions = ["us-east-1", "cn-northwest-1", "us-gov-west-1"];

    /// <inheritdoc/>
    public bool Owns(HttpRequest request) => request.Path.StartsWith(Root, StringComparison.Ordinal);

    /// <inheritdoc/>
    public string ActionOf(HttpRequest request)
    {
        var method = request.Method == "HEAD" ? "GET" : request.Method;
        return (method, Segments(request)) switch
        {
            ("GET", ["hostedzone"]) => "ListHostedZones",
            ("POST", ["hostedzone"]) => "CreateHostedZone",
            ("GET", ["hostedzonesbyname"]) => "ListHostedZonesByName",
            ("GET", ["hostedzone", _]) => "GetHostedZone",
            ("DELETE", ["hostedzone", _]) => "DeleteHostedZone",
            ("GET", ["hostedzone", _, "rrset"]) => "ListResourceRecordSets",
            ("POST", ["hostedzone", _, "rrset"]) => "ChangeResourceRecordSets",
            ("GET", ["change", _]) => "GetChange",
            ("GET", ["healthcheck"]) => "ListHealthChecks",
            ("POST", ["healthcheck"]) => "CreateHealthCheck",
            ("GET", ["healthcheck", _]) => "GetHealthCheck",
            ("GET", ["healthcheck", _, "status"]) => "GetHealthCheckStatus",
            _ => throw new ApiException(404, "InvalidAction", $"The sandbox has no action for {request.Method} {request.Path}."),
        };
    }

    /// <inheritdoc/>
    public void Admit(HttpRequest request, string action)
    {
        SignatureHeader.Check(request, "route53", SigningRegions);
        if (!throttle.AdmitsRoute53(action))
        {
            throw new ApiException(400, "Throttling", "Rate exceeded");
        }
    }

    /// <inheritdoc/>
    public async Task<HttpAnswer> CallAsync(HttpRequest request, string action, string requestId, CancellationToken cancellationToken)
    {
        var segments = Segments(request);
        var id = segments.Length > 1 ? segments[1] : "";
        var query = new QueryString(request.Query);
        return action switch
        {
            "ListHostedZones" => Answer(200, zones.List(query), requestId),
            "ListHostedZonesByName" => Answer(200, zones.ListByName(query), requestId),
            "GetHostedZone" => Answer(200, zones.Get(id), requestId),
            "CreateHostedZone" => Created(zones.Create(request.Body, out var zoneId), requestId, "hostedzone/" + zoneId),
            "DeleteHostedZone" => Answer(200, await zones.DeleteAsync(id, cancellationToken).ConfigureAwait(false), requestId),
            "ListResourceRecordSets" => Answer(200, records.List(id, query), requestId),
            "ChangeResourceRecordSets" => Answer(200, await records.ChangeAsync(id, request.Body, cancellationToken).ConfigureAwait(false), requestId),
            "GetChange" => Answer(200, records.GetChange(id), requestId),
            "ListHealthChecks" => Answer(200, healthChecks.List(query), requestId),
            "GetHealthCheck" => Answer(200, healthChecks.Get(id), requestId),
            "GetHealthCheckStatus" => Answer(200, healthChecks.Status(id), requestId),
            "CreateHealthCheck" => Created(healthChecks.Create(request.Body, out var checkId), requestId, "healthcheck/" + checkId),
            _ => throw new ApiException(404, "InvalidAction", $"The sandbox has no action {action}."),
        };
    }

    /// <inheritdoc/>
    public HttpAnswer Error(ApiException error, string requestId) => Answer(
        error.Status,
        new XElement(
            "ErrorResponse",
            new XElement(
                "Error",
                new XElement("Type", error.Status >= 500 ? "Receiver" : "Sender"),
                new XElement("Code", error.Code),
                new XElement("Message", error.Message)),
            new XElement("RequestId", requestId)),
        requestId);

    /// <inheritdoc/>
    public ApiException FaultError(SandboxApiFault fault, HttpRequest request, string action) => fault switch
    {
        SandboxApiFault.Throttled => new ApiException(400, "Throttling", "Rate exceeded"),
        SandboxApiFault.AccessDenied => new ApiException(
            403,
            "AccessDenied",
            $"User: arn:aws:iam::123456789012:user/sandbox is not authorized to perform: route53:{action} on resource: {Resource(request)} "
                + $"because no identity-based policy allows the route53:{action} action"),
        SandboxApiFault.ExpiredToken => new ApiException(403, "ExpiredToken", "The security token included in the request is expired"),
        _ => new ApiException(500, "InternalFailure", "We encountered an internal error. Please try again."),
    };

    private static string Resource(HttpRequest request)
    {
        var segments = Segments(request);
        return segments.Length > 1 ? $"arn:aws:route53:::{segments[0]}/{segments[1]}" : "*";
    }

    private static string[] Segments(HttpRequest request) => request.Path[Root.Length..]
        .TrimEnd('/').Split('/').Select(Uri.UnescapeDataString).ToArray();

    private static HttpAnswer Created(XElement document, string requestId, string location) =>
        Answer(201, document, requestId, new KeyValuePair<string, string>("Location", "https://route53.amazonaws.com" + Root + location));

    private static HttpAnswer Answer(int status, XElement document, string requestId, params KeyValuePair<string, string>[] headers) => new()
    {
        Status = status,
        Headers = [new("x-amzn-RequestId", requestId), new("Content-Type", "text/xml"), .. headers],
        Body = Route53Xml.Write(document),
    };
}
