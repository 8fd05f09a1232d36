using HostingOps.Sandbox.Api;
using HostingOps.Sandbox.Http;

namespace HostingOps.Sandbox.Ec2;

/// <summary>The Query API 2016-11-15 of EC2: routes, admission, error form.</summary>
internal sealed class Ec2Service : IAwsService
{
    private static readonly string[] Actions =
    [
        "DescribeAddresses", "AllocateAddress", "AssociateAddress", "DisassociateAddress", "DescribeInstances", "DescribeInstanceStatus",
        "RunInstances", "TerminateInstances", "CreateTags", "DescribeImages", "DescribeAvailabilityZones", "DescribeSubnets", "GetConsoleOutput",
    ];

    private readonly Ec2Store store;
    private readonly Throttle throttle;
    private readonly AddressActions addresses;
    private readonly InstanceLauncher launcher;
    private readonly InstanceActions instances;
    private readonly CatalogActions catalog;
    private readonly ConsoleActions console;

    /// <summary>Creates the service over a store.</summary>
    public Ec2Service(Ec2Store store, Throttle throttle, SandboxTimings timings)
    {
        this.store = store;
        this.throttle = throttle;
        addresses = new AddressActions(store);
        launcher = new InstanceLauncher(store);
        instances = new InstanceActions(store, launcher, timings);
        catalog = new CatalogActions(store);
        console = new ConsoleActions(store, timings);
    }

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
            lock (store.Gate)
            {
                Check(action, parameters, region);
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

    // A dry run finds what does not exist, as EC2's does.
    private void Check(string action, Ec2Parameters parameters, string region)
    {
        switch (action)
        {
            case "RunInstances":
                launcher.Check(parameters, region);
                break;
            case "AssociateAddress":
                addresses.CheckAssociation(parameters, region);
                break;
            case "DisassociateAddress":
                addresses.CheckDisassociation(parameters);
                break;
            case "TerminateInstances":
                instances.CheckTermination(parameters);
                break;
            case "CreateTags":
                instances.CheckTags(parameters);
                break;
            case "GetConsoleOutput":
                console.Check(parameters);
                break;
        }
    }

    private IEnumerable<object?> Call(string action, Ec2Parameters parameters, string region) => action switch
    {
        "DescribeAddresses" => addresses.Describe(parameters, region),
        "AllocateAddress" => addresses.Allocate(parameters, region),
        "AssociateAddress" => addresses.Associate(parameters, region),
        "DisassociateAddress" => addresses.Disassociate(parameters),
        "DescribeInstances" => instances.Describe(parameters),
        "DescribeInstanceStatus" => instances.DescribeStatus(parameters),
        "RunInstances" => instances.Run(parameters, region),
        "TerminateInstances" => instances.Terminate(parameters),
        "CreateTags" => instances.CreateTags(parameters),
        "GetConsoleOutput" => console.Read(parameters),
        "DescribeImages" => catalog.DescribeImages(parameters),
        "DescribeSubnets" => catalog.DescribeSubnets(parameters, region),
        _ => catalog.DescribeZones(parameters, region),
    };

    private static HttpAnswer Answer(int status, string requestId, byte[] body) => new()
    {
        Status = status,
        Headers = [new("x-amzn-RequestId", requestId), new("Content-Type", "text/xml;charset=UTF-8")],
        Body = body,
    };
}
