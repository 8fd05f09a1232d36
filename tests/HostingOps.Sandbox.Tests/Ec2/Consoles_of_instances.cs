using System.Net;
using System.Text;
using System.Text.Json;
using HostingOps.Sandbox.Tests.Route53;
using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Ec2;

public sealed class Consoles_of_instances
{
    private static readonly string UserData = Convert.ToBase64String(Encoding.UTF8.GetBytes("acme.example"));

    [Theory]
    [InlineData("MissingParameter")]
    [InlineData("InvalidInstanceID.Malformed", "InstanceId", "web-1")]
    [InlineData("InvalidInstanceID.NotFound", "InstanceId", "i-0123456789abcdef0")]
    [InlineData("InvalidInstanceID.NotFound", "InstanceId", "i-0123456789abcdef0", "DryRun", "true")]
    [InlineData("InvalidParameterValue", "InstanceId", "HOLDER", "Latest", "maybe")]
    [InlineData("DryRunOperation", "InstanceId", "HOLDER", "DryRun", "true")]
    public async Task What_can_t_be_answered_is_refused_with_EC2_s_code(string code, params string[] parameters)
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        var holder = await Nginx_on_instances.HolderAsync(sandbox);
        var pairs = parameters.Chunk(2).Select(pair => (pair[0], pair[1] == "HOLDER" ? holder : pair[1])).ToArray();
        Assert.Equal(code, RawRoute53.Text((await RawEc2.CallAsync(sandbox, "GetConsoleOutput", pairs)).Body, "Code"));
    }

    [Theory]
    [InlineData("t3.micro")]
    [InlineData("t2.micro")]
    public async Task Output_comes_some_time_after_the_boot_and_sooner_when_the_latest_is_asked_of_a_Nitro_instance(string type)
    {
        await using var sandbox = await QuickSandbox.StartAsync(
            SampleInventory.Create(),
            QuickSandbox.Options with { Timings = QuickSandbox.Options.Timings with { InstanceBoot = TimeSpan.FromMilliseconds(1500), ConsolePosted = TimeSpan.FromMilliseconds(1500) } });
        var id = await RawEc2.LaunchAsync(sandbox, ("UserData", UserData), ("InstanceType", type));
        Assert.Empty(RawRoute53.Texts((await RawEc2.CallAsync(sandbox, "GetConsoleOutput", ("InstanceId", id))).Body, "output"));

        if (type == "t2.micro")
        {
            var (status, body) = await RawEc2.CallAsync(sandbox, "GetConsoleOutput", ("InstanceId", id), ("Latest", "true"));
            Assert.Equal((HttpStatusCode.BadRequest, "UnsupportedOperation"), (status, RawRoute53.Text(body, "Code")));
        }
        else
        {
            await Nginx_on_instances.EventuallyAsync(async () => Assert.NotEmpty(
                RawRoute53.Texts((await RawEc2.CallAsync(sandbox, "GetConsoleOutput", ("InstanceId", id), ("Latest", "true"))).Body, "output")));
        }

        await Nginx_on_instances.EventuallyAsync(async () =>
        {
            var body = (await RawEc2.CallAsync(sandbox, "GetConsoleOutput", ("InstanceId", id))).Body;
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(Assert.Single(RawRoute53.Texts(body, "output"))));
            Assert.Contains("cloud-init", text, StringComparison.Ordinal);
            Assert.DoesNotContain("HOST KEY", text, StringComparison.Ordinal);
        });
        await RawEc2.CallAsync(sandbox, "TerminateInstances", ("InstanceId.1", id));
        Assert.Equal(id, RawRoute53.Text((await RawEc2.CallAsync(sandbox, "GetConsoleOutput", ("InstanceId", id))).Body, "instanceId"));
    }

    [SkippableFact]
    public async Task The_aws_CLI_reads_it()
    {
        RealPart.Require("aws");
        await using var sandbox = await QuickSandbox.StartAsync(
            SampleInventory.Create(), QuickSandbox.Options with { Console = static console => new string('x', 70_000) + console + "the end" });
        var url = sandbox.EndpointUrl;
        var id = await RawEc2.LaunchAsync(sandbox, ("UserData", UserData));
        JsonElement output = default;
        await Nginx_on_instances.EventuallyAsync(async () =>
            Assert.True((await AwsCli.ExpectAsync(url, "ec2", "get-console-output", "--instance-id", id, "--latest")).TryGetProperty("Output", out output)));

        // The CLI decodes; only the newest 64 KiB are there.
        Assert.Equal(65536, output.GetString()!.Length);
        Assert.EndsWith("the end", output.GetString(), StringComparison.Ordinal);
        Assert.Contains("(DryRunOperation)", (await AwsCli.RunAsync(url, "ec2", "get-console-output", "--instance-id", id, "--dry-run")).Error);
        Assert.Contains("(InvalidInstanceID.NotFound)", (await AwsCli.RunAsync(url, "ec2", "get-console-output", "--instance-id", "i-0123456789abcdef0")).Error);
    }
}
