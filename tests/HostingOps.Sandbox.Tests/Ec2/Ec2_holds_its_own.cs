using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using HostingOps.Sandbox.Api;
using HostingOps.Sandbox.Tests.Route53;
using HostingOps.Sandbox.Tests.World;

namespace HostingOps.Sandbox.Tests.Ec2;

public sealed class Ec2_holds_its_own
{
    private const string Image = "ami-0a000000000000001";

    [Fact]
    public async Task A_token_with_another_demand_is_IdempotentParameterMismatch()
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await RunAsync(sandbox, "t3.micro")).Status);
        var (status, body) = await RunAsync(sandbox, "t3.small");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("IdempotentParameterMismatch", RawRoute53.Text(body, "Code"));
        Assert.NotEmpty(RawRoute53.Text(body, "RequestID"));
    }

    [Fact]
    public async Task A_dry_run_answers_412_and_does_nothing()
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        var (status, body) = await CallAsync(sandbox, "AllocateAddress", ("DryRun", "true"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, status);
        Assert.Equal("DryRunOperation", RawRoute53.Text(body, "Code"));
        var addresses = await CallAsync(sandbox, "DescribeAddresses");
        Assert.Equal(["198.51.100.99"], RawRoute53.Texts(addresses.Body, "publicIp"));
    }

    [Fact]
    public async Task A_new_instance_is_unknown_then_pending_then_running_and_only_then_takes_an_address()
    {
        var options = QuickSandbox.Options with
        {
            TimeProvider = new Testing.ManualTimeProvider(),
            Timings = QuickSandbox.Options.Timings with { InstanceVisible = TimeSpan.FromSeconds(1), InstanceTransition = TimeSpan.FromSeconds(10) },
        };
        var clock = (Testing.ManualTimeProvider)options.TimeProvider;
        await using var sandbox = await QuickSandbox.StartAsync(SampleInventory.Create(), options);
        var id = RawRoute53.Text((await RunAsync(sandbox, "t3.micro")).Body, "instanceId");

        Assert.Equal("InvalidInstanceID.NotFound", RawRoute53.Text((await CallAsync(sandbox, "DescribeInstances", ("InstanceId.1", id))).Body, "Code"));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("pending", RawRoute53.Text((await CallAsync(sandbox, "DescribeInstances", ("InstanceId.1", id))).Body, "name"));
        var early = await CallAsync(sandbox, "AssociateAddress", ("PublicIp", "198.51.100.99"), ("InstanceId", id));
        Assert.Equal("InvalidInstanceID", RawRoute53.Text(early.Body, "Code"));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(sandbox, "AssociateAddress", ("PublicIp", "198.51.100.99"), ("InstanceId", id))).Status);

        await CallAsync(sandbox, "TerminateInstances", ("InstanceId.1", id));
        Assert.Equal("", RawRoute53.Text((await CallAsync(sandbox, "DescribeAddresses")).Body, "instanceId"));
    }

    [Theory]
    [InlineData("LaunchRockets", "InvalidAction")]
    [InlineData("DisassociateAddress", "InvalidAssociationID.NotFound", "AssociationId", "eipassoc-0")]
    [InlineData("AssociateAddress", "InvalidAllocationID.NotFound", "AllocationId", "eipalloc-0")]
    [InlineData("DescribeInstances", "InvalidInstanceID.Malformed", "InstanceId.1", "web-1")]
    [InlineData("DescribeInstances", "InvalidParameterValue", "Filter.1.Name", "colour")]
    [InlineData("RunInstances", "MissingParameter")]
    [InlineData("RunInstances", "InvalidAMIID.NotFound", "ImageId", "ami-1", "MinCount", "1", "MaxCount", "1")]
    [InlineData("CreateTags", "InvalidAllocationID.NotFound", "ResourceId.1", "eipalloc-0", "Tag.1.Key", "a")]
    public async Task What_is_not_there_is_refused_with_EC2_s_code(string action, string code, params string[] parameters)
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        var pairs = parameters.Chunk(2).Select(pair => (pair[0], pair[1])).ToArray();
        Assert.Equal(code, RawRoute53.Text((await CallAsync(sandbox, action, pairs)).Body, "Code"));
    }

    [Fact]
    public async Task Throttling_is_503_RequestLimitExceeded()
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        sandbox.Faults.FailNext("*", SandboxApiFault.Throttled);
        var (status, body) = await CallAsync(sandbox, "DescribeAvailabilityZones");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("RequestLimitExceeded", RawRoute53.Text(body, "Code"));
        Assert.Equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"], RawRoute53.Texts((await CallAsync(sandbox, "DescribeAvailabilityZones")).Body, "zoneName"));
    }

    private static Task<(HttpStatusCode Status, XElement Body)> RunAsync(RehearsalSandbox sandbox, string type) => CallAsync(
        sandbox, "RunInstances", ("ImageId", Image), ("MinCount", "1"), ("MaxCount", "1"), ("InstanceType", type), ("ClientToken", "token-1"));

    private static async Task<(HttpStatusCode Status, XElement Body)> CallAsync(
        RehearsalSandbox sandbox, string action, params (string Name, string Value)[] parameters)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, sandbox.EndpointUrl + "/");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260301T120000Z");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", RawRoute53.Signature.Replace("us-east-1/route53", "eu-west-1/ec2"));
        request.Content = new FormUrlEncodedContent(
            [new("Action", action), new("Version", "2016-11-15"), .. parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]);
        using var response = await client.SendAsync(request);
        return (response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync()));
    }
}
