using HostingOps.Sandbox.Api;
using HostingOps.Sandbox.Http;

namespace HostingOps.Sandbox.Ec2;

/// <summary>The Query API 2016-11-15 of EC2: routes, admission, error form.</summary>
internal sealed class Ec2Service(Ec2Store store, Throttle throttle) : IAwsService
{
    private static readonly string[] Actions =
    [
        "DescribeAddresses", "AllocateAddress", "AssociateAddress", "DisassociateAddress", "DescribeInstances", "DescribeInstanceStatus",
        "RunInstances", "TerminateInstances", "CreateTags", "DescribeImages", "DescribeAvailabilityZones",
    ];

    private readonly AddressActions addresses = new(store);
    private readonly InstanceActions instances = new(store, new InstanceLauncher(store));

    /// <inheritdoc/>
    public bool Owns(HttpRequest request) => request.Method == "POST" && request.Path == "/"
        && (request.Header("content-type") ?? "").StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public string ActionOf(HttpRequest request)
    {
        var parameters = Ec2Parameters.From(request.Body);
        var action = parameters["Action"] ?? throw new ApiException(400, "MissingAction", "The request must contain the parameter Action");
        return Actions.Contains(action, StringComparer.Ordinal) && parameters["Version"] is not null
            ? action
            : throw new ApiException(400, "InvalidAction", $"The action {action} is not valid for this web service.");
    }

    /// <inheritdoc/>
    public void Admit(HttpRequest request, string action)
    {
        SignatureHeader.Check(request, "ec2", null);
        if (!throttle.AdmitsEc2(action))
        {
            throw new ApiException(503, "RequestLimitExceeded", "Request limit exceeded.");
        }
    }

    /// <inheritdoc/>
    public Task<HttpAnswer> CallAsync(HttpRequest request, string action, string requestId, CancellationToken cancellationToken)
    {
        var parameters = Ec2Parameters.From(request.Body);
        var region = SignatureHeader.Check(request, "ec2", null);
        if (parameters.Flag("DryRun") == true)
        {
            if (action == "RunInstances")
            {
                InstanceLauncher.Check(parameters);
            }

            throw new ApiException(412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
        }

        lock (store.Gate)
        {
            return Task.FromResult(Answer(200, requestId, Ec2Xml.Answer(action, requestId, Call(action, parameters, region))));
        }
    }

    /// <inheritdoc/>
    public HttpAnswer Error(ApiException error, string requestId) =>
        Answer(error.Status, requestId, Ec2Xml.Error(error.Code, error.Message, requestId));

    /// <inheritdoc/>
    public ApiException FaultError(SandboxApiFault fault, HttpRequest request, string action) => fault switch
    {
        SandboxApiFault.Throttled => new ApiException(503, "RequestLimitExceeded", "Request limit exceeded."),
        SandboxApiFault.AccessDenied => new ApiException(
            403,
            "UnauthorizedOperation",
            $"You are not authorized to perform this operation. User: arn:aws:iam::{InstanceActions.OwnerId}:user/sandbox is not authorized to perform: "
                + $"ec2:{action} because no identity-based policy allows the ec2:{action} action"),
        SandboxApiFault.ExpiredToken => new ApiException(400, "RequestExpired", "Request has expired."),
        _ => new ApiException(500, "InternalError", "An internal error has occurred"),
    };

    private IEnumerable<object?> Call(string action, Ec2Parameters parameters, string region) => action switch
    {
        "DescribeAddresses" => addresses.Describe(parameters, region),
        "AllocateAddress" => addresses.Allocate(parameters, region),
        "AssociateAddress" => addresses.Associate(parameters),
        "DisassociateAddress" => addresses.Disassociate(parameters),
        "DescribeInstances" => instances.Describe(parameters),
        "DescribeInstanceStatus" => instances.DescribeStatus(parameters),
        "RunInstances" => instances.Run(parameters, region),
        "TerminateInstances" => instances.Terminate(parameters),
        "CreateTags" => instances.CreateTags(parameters),
        "DescribeImages" => CatalogActions.DescribeImages(parameters),
        _ => CatalogActions.DescribeZones(parameters, region),
    };

    private static HttpAnswer Answer(int status, string requestId, byte[] body) => new()
    {
        Status = status,
        Headers = [new("x-amzn-RequestId", requestId), new("Content-Type", "text/xml;charset=UTF-8")],
        Body = body,
    };
}
