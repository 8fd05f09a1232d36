using HostingOps.Engine.Failover;
using HostingOps.Sandbox.Api;

namespace HostingOps.Engine.Tests.Failover;

/// <summary>What becomes of a switch whose request or answer goes wrong on the way.</summary>
public sealed class LostAnswersTests
{
    [Theory]
    [InlineData(SandboxApiFault.AnswerLost, 1)]
    [InlineData(SandboxApiFault.GarbageAnswer, 1)]
    [InlineData(SandboxApiFault.ConnectionLostBefore, 2)]
    [InlineData(SandboxApiFault.InternalError, 2)]
    [InlineData(SandboxApiFault.Throttled, 2)]
    public async Task A_switch_happens_exactly_once_whatever_is_lost(SandboxApiFault fault, int requests)
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        world.Sandbox.Faults.FailNext("ChangeResourceRecordSets", fault);

        var result = Assert.Single(await here.SwitchOverAsync());

        Assert.Equal(FailoverOutcome.Succeeded, result.Outcome);
        Assert.Equal("li-1", await world.LiveAsync("site1"));
        Assert.Equal(requests, world.Sandbox.ApiCalls["ChangeResourceRecordSets"]);
    }

    [Theory]
    [InlineData(SandboxApiFault.AccessDenied, ErrorIds.AwsAccessDenied)]
    [InlineData(SandboxApiFault.ExpiredToken, ErrorIds.AwsCredentialsInvalid)]
    public async Task A_refused_request_changes_nothing_and_says_why(SandboxApiFault fault, string errorId)
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        world.Sandbox.Faults.FailNext("ChangeResourceRecordSets", fault, 10);

        var result = Assert.Single(await here.SwitchOverAsync());

        Assert.Equal((FailoverOutcome.Failed, errorId), (result.Outcome, result.ErrorId));
        Assert.Equal("do-1", await world.LiveAsync("site1"));
        Assert.False(here.GetHistory(new HistoryFilter()).Single().Resumable);
    }

    [Fact]
    public async Task When_reading_again_fails_too_the_outcome_is_unknown_and_resume_finds_out()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        var plan = Assert.Single(await here.PlanAsync(new PlanOptions { Planned = true }));
        world.Sandbox.Faults.FailNext("ChangeResourceRecordSets", SandboxApiFault.AnswerLost);
        world.Sandbox.Faults.FailNext("ChangeResourceRecordSets", SandboxApiFault.ConnectionLostBefore, 50);
        world.Sandbox.Faults.FailNext("ListResourceRecordSets", SandboxApiFault.ConnectionLostBefore, 50);

        var result = Assert.Single(await here.RunAsync(plan));
        world.Sandbox.Faults.Clear();
        var entry = here.GetHistory(new HistoryFilter()).Single();
        var resumed = Assert.Single(await here.ResumeAllAsync());

        Assert.Equal((FailoverOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown), (result.Outcome, result.ErrorId));
        Assert.True(entry.Resumable);
        Assert.Equal((FailoverOutcome.Succeeded, result.OperationId), (resumed.Outcome, resumed.OperationId));
        Assert.Equal("li-1", await world.LiveAsync("site1"));
    }

    [Fact]
    public async Task A_drifted_record_is_a_conflict_and_the_rest_of_its_batch_goes_through()
    {
        await using var world = await FailoverWorld.StartAsync(sites: 20);
        var here = world.Machine();
        var plans = await here.PlanAsync(new PlanOptions { Planned = true });
        var other = world.Machine("other");
        Assert.Equal(FailoverOutcome.Succeeded, Assert.Single(await other.SwitchOverAsync("site7")).Outcome);

        var results = await here.RunAsync([.. plans]);

        var conflict = Assert.Single(results, static result => result.Outcome == FailoverOutcome.Conflict);
        Assert.Equal("site7", conflict.SiteName);
        Assert.Contains(OperatorOf(other), conflict.Reason, StringComparison.Ordinal);
        Assert.Equal(19, results.Count(static result => result.Outcome == FailoverOutcome.Succeeded));
        Assert.All(await world.LiveAsync(), static site => Assert.Equal("li-1", site.Value));
    }

    [Fact]
    public async Task A_value_that_Route_53_dislikes_stops_its_own_site_only()
    {
        await using var world = await FailoverWorld.StartAsync(sites: 8);
        var here = world.Machine();
        var plans = await here.PlanAsync(new PlanOptions { Planned = true });
        plans[5] = plans[5] with
        {
            Change = plans[5].Change! with { After = [plans[5].Change!.After[0] with { Values = ["not-an-address"] }] },
        };

        var results = await here.RunAsync([.. plans]);

        var failed = Assert.Single(results, static result => result.Outcome == FailoverOutcome.Failed);
        Assert.Equal(("site6", ErrorIds.AwsRequestFailed), (failed.SiteName, failed.ErrorId));
        Assert.Equal(7, results.Count(static result => result.Outcome == FailoverOutcome.Succeeded));
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_one_readable_error()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine(shape: static inventory => inventory with { Aws = new AwsSettings { EndpointUrl = "http://127.0.0.1:1" } });

        var error = await Assert.ThrowsAsync<HostingException>(() => here.PlanAsync());

        Assert.Equal(ErrorIds.AwsEndpointUnreachable, error.ErrorId);
    }

    [Fact]
    public async Task A_zone_that_is_not_there_is_named()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine(shape: static inventory => inventory with { Zone = "elsewhere.example" });

        var error = await Assert.ThrowsAsync<HostingException>(() => here.PlanAsync());

        Assert.Equal((ErrorIds.HostedZoneNotFound, "elsewhere.example"), (error.ErrorId, error.Target));
    }

    private static string OperatorOf(HostingWorkspace workspace) => workspace.GetHistory(new HistoryFilter()).First().By;
}
