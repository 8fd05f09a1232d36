using System.Text.RegularExpressions;
using HostingOps.Engine.Apex.Addresses;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Recovery;

/// <summary>Recoveries whose configuration is published by a real ssh to a real sshd on the new instance.</summary>
public sealed partial class LargeConfigurationTests
{
    [SkippableFact]
    public async Task Two_thousand_names_are_published_to_the_new_instance_and_proven()
    {
        await using var world = await LargeRecoveries.StartAsync(2000);
        var old = await world.HolderAsync();
        world.Sandbox.StopZone("eu-west-1a");
        var machine = world.Machine();
        var plan = await machine.PlanApexRecoveryAsync(world.SshWays(), CancellationToken.None);
        Assert.True(plan.Allowed, string.Join("\n", plan.Gates));
        Assert.Equal((ApexConfigDelivery.Ssh, 2000, 7), (plan.Delivery, plan.RedirectCount, plan.Steps.Count));
        Assert.InRange(plan.UserDataSize, 100, 2048);
        var travels = plan.Gate(ApexRecoveryGateName.ConfigurationTravels).Reason;
        Assert.All(["by ssh after the boot", "private key of 'ops'", "port 22"], part => Assert.Contains(part, travels, StringComparison.Ordinal));
        Assert.Contains("host keys from its console", plan.Steps[2], StringComparison.Ordinal);

        var result = await machine.RestoreApexAsync(plan, world.SshWays(), CancellationToken.None);
        Assert.True(result.Outcome == ApexRecoveryOutcome.Restored, result.Reason);
        Assert.Equal((2000, 2000, true), (result.RedirectsProven, result.RedirectCount, result.Moved));
        Assert.Equal(result.NewInstanceId, await world.HolderAsync());
        Assert.NotEqual(old, result.NewInstanceId);
        Assert.Equal(["Launch", "Boot", "Publish", "Test", "Move", "Verify"], Steps(result));
        var journal = world.JournalOf("here", out var database);
        using var _ = database;
        Assert.Contains(
            journal.Entries(result.OperationId!),
            static entry => entry is { Step: ApexStep.Publish, Moment: JournalMoment.Done } && entry.Detail!.Contains("known by the ecdsa-sha2-nistp256, ssh-ed25519 on its console", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Another_machine_s_host_key_is_refused_and_nothing_is_sent_or_moved()
    {
        var lying = true;
        await using var world = await LargeRecoveries.StartAsync(600, console => lying ? AnotherKey(console) : console);
        var old = await world.HolderAsync();
        var result = await world.RestoreAsync(world.SshWays(planned: true));
        Assert.Equal((ApexRecoveryOutcome.NotMoved, ErrorIds.SshHostKeyRejected, false, true), (result.Outcome, result.ErrorId, result.Moved, result.Resumable));
        Assert.Equal(old, await world.HolderAsync());
        Assert.Equal(2, (await world.InstancesAsync(Recoveries.Living)).Count);

        // Nothing has reached it: it still waits.
        var options = world.SshWays();
        var routes = new ApexRoutes(world.Sandbox.Inventory.Apex, options.ConnectTo, rehearsal: true);
        var probe = new RedirectorProbe(TestSites.Site("any"), "any.example", routes, TimeSpan.FromSeconds(5), SilentReporter.Instance, TimeProvider.System)
        {
            PathAndQuery = NginxWaitingConfig.HealthPath,
        };
        var answer = await probe.AskAsync(result.NewPublicIp!, CancellationToken.None);
        Assert.True(answer.Status == 200, answer.Seen);
        Assert.Equal(result.NewInstanceId, answer.InstanceId);

        lying = false;
        var resumed = await world.Machine().ResumeApexRecoveryAsync(result.OperationId, options, CancellationToken.None);
        Assert.True(resumed.Outcome == ApexRecoveryOutcome.Restored, resumed.Reason);
        Assert.Equal(result.NewInstanceId, resumed.NewInstanceId);
    }

    [SkippableFact]
    public async Task A_console_that_never_shows_the_keys_is_an_error_that_can_be_resumed()
    {
        var silent = true;
        await using var world = await LargeRecoveries.StartAsync(600, console => silent ? console.Replace("HOST KEY KEYS", "HOST KEY", StringComparison.Ordinal) : console);
        var old = await world.HolderAsync();
        var result = await world.RestoreAsync(world.SshWays(planned: true) with { ConsoleTimeout = TimeSpan.FromMilliseconds(200) });
        Assert.Equal((ApexRecoveryOutcome.NotMoved, ErrorIds.HostKeysNotFound, true), (result.Outcome, result.ErrorId, result.Resumable));
        Assert.All(["shows no ssh host keys", "-Resume", result.NewInstanceId!], part => Assert.Contains(part, result.Reason, StringComparison.Ordinal));
        Assert.Equal(old, await world.HolderAsync());

        silent = false;
        var resumed = await world.Machine().ResumeApexRecoveryAsync(null, world.SshWays(), CancellationToken.None);
        Assert.True(resumed.Outcome == ApexRecoveryOutcome.Restored, resumed.Reason);
        Assert.Equal(result.NewInstanceId, resumed.NewInstanceId);
    }

    [SkippableFact]
    public async Task A_key_that_the_instance_does_not_let_in_is_an_error_that_can_be_resumed()
    {
        await using var world = await LargeRecoveries.StartAsync(600);
        world.Sandbox.StopZone("eu-west-1a");
        using var folder = new TemporaryFolder();
        var stranger = folder.Combine("stranger");
        System.Diagnostics.Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", stranger]).WaitForExit();
        var result = await world.RestoreAsync(world.SshWays() with { IdentityFile = stranger });
        Assert.Equal((ApexRecoveryOutcome.NotMoved, ErrorIds.SshConnectionFailed, true), (result.Outcome, result.ErrorId, result.Resumable));
        Assert.Contains("Permission denied", result.Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Cut_off_before_in_or_after_the_publishing_it_is_resumed_with_one_instance_ever_launched()
    {
        await using var world = await LargeRecoveries.StartAsync(600);
        var planned = world.SshWays(planned: true) with { TerminateOld = true };
        var launched = 1;
        foreach (var moment in new[] { "waits for its configuration", ": Verify.", "on its console:" })
        {
            using var stopping = new CancellationTokenSource();
            var machine = world.Machine(reporter: new StopAt(moment, stopping));
            var plan = await machine.PlanApexRecoveryAsync(planned, CancellationToken.None);
            Assert.True(plan.Allowed, moment + string.Join("\n", plan.Gates));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => machine.RestoreApexAsync(plan, planned, stopping.Token));
            Assert.Equal(++launched, (await world.InstancesAsync()).Count);

            var resumed = await world.Machine().ResumeApexRecoveryAsync(null, planned, CancellationToken.None);
            Assert.True(resumed.Outcome == ApexRecoveryOutcome.Restored, moment + resumed.Reason);
            Assert.Equal((launched, 600), ((await world.InstancesAsync()).Count, resumed.RedirectsProven));
            Assert.Equal(resumed.NewInstanceId, Assert.Single(await world.InstancesAsync(Recoveries.Living)).InstanceId);
        }
    }

    private static IEnumerable<string> Steps(ApexRecoveryResult result) => result.Timeline.Select(static entry => entry.Step).Aggregate(
        new List<string>(),
        static (steps, step) =>
        {
            if (!steps.Contains(step))
            {
                steps.Add(step);
            }

            return steps;
        });

    // A key that is one, but not the sshd's; and no other that ssh could agree on instead.
    private static string AnotherKey(string console) => Ed25519().Replace(
        string.Join('\n', console.Split('\n').Where(static line => !line.StartsWith("ecdsa", StringComparison.Ordinal))),
        static match =>
        {
            var blob = Convert.FromBase64String(match.Groups[1].Value);
            blob[^1] ^= 1;
            return "ssh-ed25519 " + Convert.ToBase64String(blob);
        });

    [GeneratedRegex("ssh-ed25519 ([A-Za-z0-9+/=]+)")]
    private static partial Regex Ed25519();

    private sealed class StopAt(string moment, CancellationTokenSource stopping) : IOperationReporter
    {
        public void Progress(OperationProgress progress)
        {
        }

        public void Warning(string message)
        {
        }

        public void Verbose(string message)
        {
            if (message.Contains(moment, StringComparison.Ordinal))
            {
                stopping.Cancel();
            }
        }

        public void Debug(string message)
        {
        }
    }
}
