namespace HostingOps.Engine.Tests.Apex.Recovery;

/// <summary>Whether and how a recovery tests https, and that another machine's answers never count.</summary>
public sealed class ApexRecoveryHttpsTests
{
    [Fact]
    public async Task With_a_setup_that_brings_certificates_every_redirect_is_proven_over_https_too()
    {
        await using var world = await StartAsync();
        var machine = world.Machine();
        var plan = await machine.PlanApexRecoveryAsync(world.Ways(planned: true), CancellationToken.None);
        Assert.Equal((true, null), (plan.TestsHttps, plan.WithoutHttps));
        Assert.Contains("Test 3 redirects by its own address, over http and https.", plan.Steps);
        var result = await machine.RestoreApexAsync(plan, world.Ways(planned: true), CancellationToken.None);
        Assert.True(result.Outcome == ApexRecoveryOutcome.Restored, result.Reason);
        Assert.Equal((3, true), (result.RedirectsProven, result.HttpsTested));
        Assert.EndsWith("3 redirects are proven through it, over http and https.", result.Reason);
        Assert.Equal(2, result.Timeline.Count(static entry => entry.Text.EndsWith("over http and https.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_one_plan_and_result_say_that_https_was_not_tested_and_why()
    {
        await using var world = await Recoveries.StartAsync();
        var machine = world.Machine();
        var plan = await machine.PlanApexRecoveryAsync(world.Ways(planned: true), CancellationToken.None);
        Assert.False(plan.TestsHttps);
        Assert.Contains("apex.instance.setup is empty", plan.WithoutHttps);
        Assert.Contains(plan.Steps, static step => step.Contains("over http only (apex.instance.setup is empty", StringComparison.Ordinal));
        var result = await machine.RestoreApexAsync(plan, world.Ways(planned: true), CancellationToken.None);
        Assert.Equal((ApexRecoveryOutcome.Restored, false), (result.Outcome, result.HttpsTested));
        Assert.Contains("over http only (apex.instance.setup is empty", result.Reason);
    }

    [Fact]
    public async Task Certificates_that_are_wrong_keep_the_address_where_it_is_and_a_resume_may_leave_https_out()
    {
        await using var world = await StartAsync();
        var old = await world.HolderAsync();
        var machine = world.Machine(static inventory => inventory with
        {
            Sites = inventory.Sites.Select(static site => site with { Check = site.Check with { CaFile = null } }).ToList(),
        });
        var options = world.Ways(planned: true);
        var result = await world.RestoreAsync(options, machine);
        Assert.Equal((ApexRecoveryOutcome.NotMoved, ErrorIds.RedirectsNotProven, true), (result.Outcome, result.ErrorId, result.Resumable));
        Assert.Contains("3 of 3 redirects are wrong", result.Reason);
        Assert.Contains("https://other.example: ", result.Reason);
        Assert.Contains("Over http they are right; -SkipHttps", result.Reason);
        Assert.Equal(old, await world.HolderAsync());

        var resumed = await machine.ResumeApexRecoveryAsync(result.OperationId, options with { SkipHttps = true }, CancellationToken.None);
        Assert.Equal((ApexRecoveryOutcome.Restored, 3, false), (resumed.Outcome, resumed.RedirectsProven, resumed.HttpsTested));
        Assert.EndsWith("over http only (-SkipHttps was given).", resumed.Reason);
    }

    [Fact]
    public async Task Answers_of_another_machine_never_count()
    {
        await using var world = await StartAsync();
        var old = await world.HolderAsync();

        // Http of the new instance is its own; https of every own address leads to the old redirector, which answers rightly.
        var ways = world.Sandbox.ConnectTo;
        var crossed = ways.Keys.Where(static way => way.StartsWith("198.18.", StringComparison.Ordinal) && way.EndsWith(":443", StringComparison.Ordinal))
            .ToDictionary(static way => way, _ => ways[ApexWorld.Elastic + ":443"]);
        var result = await world.RestoreAsync(world.Ways(planned: true) with { ConnectTo = crossed });
        Assert.Equal((ApexRecoveryOutcome.NotMoved, ErrorIds.RedirectsNotProven), (result.Outcome, result.ErrorId));
        Assert.Contains($"is answered by {old} instead of {result.NewInstanceId}", result.Reason);
        Assert.Equal(old, await world.HolderAsync());
    }

    private static Task<ApexWorld> StartAsync() =>
        Recoveries.StartAsync(static settings => settings with { Setup = [["aws", "s3", "sync", "s3://certificates", "/etc/letsencrypt"]] });
}
