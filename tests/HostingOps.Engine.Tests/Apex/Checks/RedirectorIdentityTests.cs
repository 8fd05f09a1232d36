using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Tests.Health;
using static HostingOps.ApexRedirectFindingCode;
using static HostingOps.ApexRedirectOutcome;

namespace HostingOps.Engine.Tests.Apex.Checks;

/// <summary>Which instance answers, and where connections go.</summary>
public sealed class RedirectorIdentityTests
{
    [Theory]
    [InlineData("i-1", false, Passed)]
    [InlineData("i-1", true, Passed)]
    [InlineData("i-2", false, Failed)]
    [InlineData("i-2", true, Failed)]
    [InlineData(null, false, Passed)]
    [InlineData(null, true, Failed)]
    public async Task Who_must_answer_does(string? named, bool mustName, ApexRedirectOutcome outcome)
    {
        await using var server = LoopbackServer.Answering(request => RedirectTests.Right(request).Replace(
            "\r\nLocation:", named is null ? "\r\nLocation:" : $"\r\nX-HostingOps-Instance: {named}\r\nLocation:", StringComparison.Ordinal));
        var options = RedirectTests.At(server.Port) with { InstanceId = "i-1", MustNameInstance = mustName };

        var test = Assert.Single(await RedirectTests.RunAsync([RedirectTests.Site()], options));

        Assert.Equal((outcome, named), (test.Outcome, test.InstanceId));
        Assert.Equal(outcome == Failed ? [OtherInstance] : [], test.Findings.Select(static finding => finding.Code));
    }

    [Fact]
    public async Task Only_the_names_given_are_tested()
    {
        await using var server = LoopbackServer.Answering(RedirectTests.Right);
        var options = RedirectTests.At(server.Port) with { Hosts = new HashSet<string> { "zoo.example" } };

        Assert.Equal("zoo.example", Assert.Single(await RedirectTests.RunAsync([RedirectTests.Site(), RedirectTests.Site("zoo")], options)).Host);
    }

    [Fact]
    public async Task The_inventorys_way_is_taken_and_the_callers_before_it()
    {
        await using var inventorys = LoopbackServer.Answering(RedirectTests.Right);
        await using var callers = LoopbackServer.Answering(static request => LoopbackServer.Redirect("https://elsewhere.example/"));
        var apex = new ApexSettings { ElasticIp = RedirectTests.ElasticIp, ConnectTo = RedirectTests.At(inventorys.Port).ConnectTo };
        var options = RedirectTests.At(callers.Port);

        Assert.Equal(Passed, Assert.Single(await RedirectTests.RunAsync([RedirectTests.Site()], options with { ConnectTo = new Dictionary<string, string>() }, apex)).Outcome);
        Assert.Equal([WrongTarget], Assert.Single(await RedirectTests.RunAsync([RedirectTests.Site()], options, apex)).Findings.Select(static finding => finding.Code));
    }

    [Fact]
    public async Task In_a_rehearsal_no_redirect_leads_to_the_real_address()
    {
        // The way to port 443 is missing: the hop to the same name over https must not be made.
        await using var server = LoopbackServer.Answering(static request => LoopbackServer.Redirect($"https://{request.Host}{request.Target}"));
        var inventory = new HostingInventory
        {
            Zone = "sites.example.net",
            Aws = new AwsSettings { EndpointUrl = "http://127.0.0.1:9" },
            Sites = [RedirectTests.Site()],
            Apex = new ApexSettings { ElasticIp = RedirectTests.ElasticIp },
        };
        await using var workspace = HostingWorkspace.Open(inventory, new WorkspaceOptions(), SilentReporter.Instance);

        ApexRedirectTest? seen = null;
        await foreach (var test in workspace.TestApexRedirectsAsync(null, RedirectTests.At(server.Port), default))
        {
            seen = test;
        }

        Assert.Equal((Unknown, NotTested), (seen!.Outcome, Assert.Single(seen.Findings).Code));
        Assert.Contains("rehearsal", seen.Findings[0].Message, StringComparison.Ordinal);
        var both = RedirectTests.At(server.Port) with { Https = true };
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => workspace.TestApexRedirectsAsync(null, both, default)).ErrorId);
    }
}
