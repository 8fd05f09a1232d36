using HostingOps.Engine.Apex.Publishing;
using HostingOps.Engine.Ssh;
using HostingOps.Engine.Tests.Apex.Redirects;

namespace HostingOps.Engine.Tests.Apex.Publishing;

/// <summary>What is there after a publish was cut off: the old or the new configuration, whole; and the next run mends.</summary>
public sealed class CutOffPublishTests
{
    public static TheoryData<ApexPublishStep> Steps =>
        [ApexPublishStep.Upload, ApexPublishStep.Test, ApexPublishStep.Swap, ApexPublishStep.Reload, ApexPublishStep.Verify];

    [SkippableTheory]
    [MemberData(nameof(Steps))]
    public async Task A_connection_lost_at_any_step_leaves_the_former_configuration(ApexPublishStep step)
    {
        using var there = new Redirector();
        await there.PublishAsync();
        var text = there.Text;
        there.Sites = [ApexSites.Site("new", "new.example")];

        // Nothing is left to be proven, so that the time for it runs out.
        var cut = await there.PublishAsync(there.Options with { VerifyTimeout = TimeSpan.FromSeconds(5) }, new AtStep(step, there.KillSsh));

        Assert.Contains(cut.Outcome, new[] { ApexPublishOutcome.Failed, ApexPublishOutcome.RolledBack });
        Assert.Equal(ApexPublishStep.ReadBack, cut.Timeline[^1].Step);
        Assert.Equal(text, there.Text);
        Assert.Empty(there.Litter);
        await there.AssertSendsAsync("law.example", "https://www.acme.example/x?y");
        Assert.Equal(ApexPublishOutcome.Published, (await there.PublishAsync()).Outcome);
        await there.AssertSendsAsync("new.example", "https://www.new.example/x?y");
    }

    [SkippableTheory]
    [InlineData(ApexPublishStep.Upload)]
    [InlineData(ApexPublishStep.Verify)]
    public async Task Stopping_is_told_and_the_former_configuration_comes_back(ApexPublishStep step)
    {
        using var there = new Redirector();
        await there.PublishAsync();
        var text = there.Text;
        there.Sites = [ApexSites.Site("new", "new.example")];
        using var stop = new CancellationTokenSource();
        var reporter = new AtStep(step, stop.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => there.PublishAsync(reporter: reporter, cancellationToken: stop.Token));

        Assert.Contains("Stopped", Assert.Single(reporter.Warnings), StringComparison.Ordinal);
        await using var workspace = there.Open();
        ApexPublishPlan plan;
        do
        {
            plan = await workspace.PlanPublishAsync(there.Options, CancellationToken.None);
        }
        while (plan.Seen.Busy);
        Assert.False(plan.Unfinished);
        Assert.Equal(text, there.Text);
        await there.AssertSendsAsync("law.example", "https://www.acme.example/x?y");
    }

    [SkippableTheory]
    [InlineData("reload")]
    [InlineData("test")]
    public async Task A_script_killed_on_the_redirector_itself_is_mended_by_the_next_run(string at)
    {
        using var there = new Redirector();
        await there.PublishAsync();
        var (text, reload, test) = (there.Text, there.Reload, there.Test);
        there.Sites = [ApexSites.Site("new", "new.example")];
        var killer = there.Program("killer", "kill -9 $PPID");
        there.Test = at == "test" ? [killer] : test;
        there.Reload = at == "reload" ? [killer] : reload;

        var cut = await there.PublishAsync();

        Assert.Equal((ApexPublishOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown), (cut.Outcome, cut.ErrorId));
        Assert.Contains("Run the command again", cut.Reason, StringComparison.Ordinal);
        Assert.Equal([".apex.conf.hostingops-undo"], there.Litter);
        Assert.NotEqual(text, there.Text);

        (there.Test, there.Reload) = (test, reload);
        var mended = await there.PublishAsync();

        Assert.Equal(ApexPublishOutcome.Published, mended.Outcome);
        Assert.Contains(mended.Timeline, static entry => entry.Step == ApexPublishStep.Mend);
        await there.AssertSendsAsync("new.example", "https://www.new.example/x?y");
        Assert.Equal(text, await File.ReadAllTextAsync(mended.BackupPath!));
        Assert.Equal([".apex.conf.hostingops-former"], there.Litter);
    }

    [SkippableFact]
    public async Task What_was_edited_after_a_cut_is_not_mended_over()
    {
        using var there = new Redirector(withNginx: false);
        await there.PublishAsync();
        there.Sites = [ApexSites.Site("new", "new.example")];
        there.Reload = [there.Program("killer", "kill -9 $PPID")];
        await there.PublishAsync();
        await File.AppendAllTextAsync(there.ConfigPath, "# mine\n");

        var result = await there.PublishAsync();

        Assert.Equal(ErrorIds.ApexConfigEdited, result.ErrorId);
        Assert.EndsWith("# mine\n", there.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_script_that_hears_nothing_takes_its_file_back()
    {
        using var there = new Redirector(withNginx: false);
        await there.PublishAsync();
        var text = there.Text;
        there.Sites = [ApexSites.Site("new", "new.example")];
        await using var workspace = there.Open();
        var plan = await workspace.PlanPublishAsync(there.Options, CancellationToken.None);
        var ssh = new SshClient(there.Sshd.Destination, there.Options.Ssh, TimeProvider.System);
        await using var session = ssh.Start(
            PublishScript.Publish("@0f", there.ConfigPath, plan.Text, plan.Seen, workspace.Inventory.Apex!, TimeSpan.FromSeconds(1)), CancellationToken.None);
        var said = new List<string>();
        while (await session.ReadLineAsync(TimeSpan.FromMinutes(1)) is { } line)
        {
            said.Add(line);
        }

        Assert.Equal(["@0f step rollback", "@0f rollback done", "@0f end"], said[^3..]);
        Assert.Equal(text, there.Text);
    }
}
