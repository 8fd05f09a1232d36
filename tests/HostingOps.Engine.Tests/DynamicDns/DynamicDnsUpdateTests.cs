using System.Diagnostics;
using HostingOps.Engine.DynamicDns;
using HostingOps.Engine.State;
using HostingOps.Engine.Tests.Failover;
using HostingOps.Sandbox.Api;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.DynamicDns.DynamicWorld;

namespace HostingOps.Engine.Tests.DynamicDns;

public sealed class DynamicDnsUpdateTests
{
    [Fact]
    public async Task A_new_address_is_written_when_it_has_stayed_and_not_before_and_every_server_serves_it()
    {
        await using var world = await StartAsync();
        var settings = world.Quick with { SettleCount = 3, SettleTime = TimeSpan.FromMinutes(2), Floor = TimeSpan.FromMinutes(5) };

        // Each run is a process of its own, as cron has it.
        async Task<DynamicDnsResult> RunOnceAsync(int seconds)
        {
            world.Clock.Shift += TimeSpan.FromSeconds(seconds);
            await using var machine = world.Machine(settings);
            return await RunAsync(machine);
        }

        Assert.Equal(DynamicDnsOutcome.Waiting, (await RunOnceAsync(0)).Outcome);
        Assert.Equal(DynamicDnsOutcome.Waiting, (await RunOnceAsync(60)).Outcome);
        Assert.Equal(0, world.Writes);
        var created = await RunOnceAsync(61);
        Assert.Equal((DynamicDnsOutcome.Updated, null, "5.9.1.1", true), (created.Outcome, created.From, created.To, created.Verified));
        Assert.NotNull(created.ChangeId);
        Assert.Equal(["5.9.1.1"], await world.ReadAsync());

        Assert.Equal(DynamicDnsOutcome.Unchanged, (await RunOnceAsync(60)).Outcome);
        Assert.Equal(1, world.Writes);

        // It changes, and one that sees another address in between begins anew.
        world.AllSay("5.9.1.2");
        Assert.Equal(DynamicDnsOutcome.Waiting, (await RunOnceAsync(20)).Outcome);
        world.Says[0] = world.Says[1] = "<html>";
        Assert.Equal(DynamicDnsOutcome.AddressUnknown, (await RunOnceAsync(20)).Outcome);
        world.AllSay("5.9.1.2");
        Assert.Equal(DynamicDnsOutcome.Waiting, (await RunOnceAsync(20)).Outcome);
        Assert.Equal(DynamicDnsOutcome.Waiting, (await RunOnceAsync(60)).Outcome);
        var floored = await RunOnceAsync(61);
        Assert.Equal(DynamicDnsOutcome.Waiting, floored.Outcome);
        Assert.Equal(
            [DynamicDnsGateName.Floor], floored.Gates.Where(static gate => gate.Outcome != GateOutcome.Passed).Select(static gate => gate.Name));
        Assert.Equal(1, world.Writes);
        var changed = await RunOnceAsync(60);
        Assert.Equal((DynamicDnsOutcome.Updated, "5.9.1.1", "5.9.1.2"), (changed.Outcome, changed.From, changed.To));
        Assert.Equal(2, world.Writes);

        await using var reader = world.Machine(settings);
        var history = reader.GetDynamicDnsHistory(["office"], 10);
        Assert.Equal(["5.9.1.2", "5.9.1.1"], history.Select(static entry => entry.To));
        Assert.All(history, static entry => Assert.True(entry.Verified));
        Assert.Single(reader.GetDynamicDnsHistory(null, 1));
    }

    [Fact]
    public async Task A_liar_is_outvoted_and_a_tie_writes_nothing()
    {
        await using var world = await StartAsync();
        world.Says[2] = "6.6.6.6";
        var machine = world.Machine();

        var result = await RunAsync(machine);

        Assert.Equal((DynamicDnsOutcome.Updated, "5.9.1.1"), (result.Outcome, result.To));
        Assert.EndsWith(new Uri(world.Sources[2]).Authority, Assert.Single(result.OutvotedBy), StringComparison.Ordinal);
        world.Says[0] = "<html>";
        var tie = await RunAsync(machine);
        Assert.Equal((DynamicDnsOutcome.AddressUnknown, ErrorIds.PublicIpUnknown), (tie.Outcome, tie.ErrorId));
        Assert.Equal(1, world.Writes);
    }

    [Fact]
    public async Task The_other_family_stays_as_it_is_and_each_is_followed_apart()
    {
        await using var world = await StartAsync();
        await world.WriteAsync("AAAA", "2a01:4f8::99");
        var machine = world.Machine();

        Assert.Equal(DynamicDnsOutcome.Updated, (await RunAsync(machine)).Outcome);
        world.AllSay("5.9.1.2");
        Assert.Equal(DynamicDnsOutcome.Updated, (await RunAsync(machine)).Outcome);

        Assert.Equal(["5.9.1.2"], await world.ReadAsync());
        Assert.Equal(["2a01:4f8::99"], await world.ReadAsync("AAAA"));

        // Without a source for IPv6 nothing is known of it, and IPv4 goes on.
        world.AllSay("5.9.1.3");
        var both = await RunAllAsync(world.Machine(world.Quick with { Families = [PublicAddressFamily.IPv4, PublicAddressFamily.IPv6] }));
        Assert.Equal([DynamicDnsOutcome.Updated, DynamicDnsOutcome.AddressUnknown], both.Select(static result => result.Outcome));
        Assert.Equal(["2a01:4f8::99"], await world.ReadAsync("AAAA"));
    }

    [Fact]
    public async Task A_record_that_somebody_else_has_changed_is_left_alone_until_that_is_passed_by_name()
    {
        await using var world = await StartAsync();
        await world.WriteAsync("A", "7.7.7.7");
        var machine = world.Machine();

        // Seen for the first time, it is taken over.
        Assert.Equal(("7.7.7.7", "5.9.1.1"), await FromToAsync(machine));
        await world.WriteAsync("A", "8.8.8.8");
        var refused = await RunAsync(machine);
        Assert.Equal((DynamicDnsOutcome.Refused, ErrorIds.DynamicDnsRefused), (refused.Outcome, refused.ErrorId));
        Assert.Contains("somebody else", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(["8.8.8.8"], await world.ReadAsync());
        Assert.Equal(DynamicDnsOutcome.Updated, (await RunAsync(machine, DynamicDnsGateName.RecordKnown)).Outcome);
        Assert.Equal(["5.9.1.1"], await world.ReadAsync());

        var error = await Assert.ThrowsAsync<HostingException>(() => RunAsync(machine, DynamicDnsGateName.AddressAgreed));
        Assert.Equal(ErrorIds.OverrideNotAllowed, error.ErrorId);

        static async Task<(string?, string?)> FromToAsync(HostingWorkspace machine)
        {
            var result = await RunAsync(machine);
            return (result.From, result.To);
        }
    }

    [Fact]
    public async Task A_CNAME_of_that_name_is_never_touched()
    {
        await using var world = await StartAsync();
        await world.WriteAsync("CNAME", "elsewhere.example.");

        var result = await RunAsync(world.Machine());

        Assert.Equal(DynamicDnsOutcome.Refused, result.Outcome);
        Assert.Contains("CNAME", result.Reason, StringComparison.Ordinal);
        Assert.Equal(1, world.Writes);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_found_again_without_a_second_write()
    {
        await using var world = await StartAsync();
        world.Failover.Sandbox.Faults.FailNext("ChangeResourceRecordSets", SandboxApiFault.AnswerLost);
        var machine = world.Machine();

        var result = await RunAsync(machine);
        world.Failover.Sandbox.Faults.Clear();

        Assert.Equal((DynamicDnsOutcome.Updated, true), (result.Outcome, result.Verified));
        Assert.Equal(["5.9.1.1"], await world.ReadAsync());
        Assert.Equal(1, world.Writes);
        Assert.Equal(DynamicDnsOutcome.Unchanged, (await RunAsync(machine)).Outcome);
    }

    [Fact]
    public async Task Of_many_machines_at_once_exactly_one_writes_and_the_others_see_it()
    {
        const int Machines = 6;
        await using var world = await StartAsync();
        await world.WriteAsync("A", "7.7.7.7");
        var options = new DynamicDnsOptions();
        var machines = Enumerable.Range(0, Machines).Select(i => world.Machine(name: $"machine{i}")).ToArray();
        var plans = await Task.WhenAll(machines.Select(async machine =>
            Assert.Single(await machine.DynamicDns.PlanAsync(Assert.Single(machine.SelectDynamicDns(null)), options, CancellationToken.None))));

        // Half of them have seen another address by then.
        var results = await Task.WhenAll(machines.Zip(plans).Select((pair, i) => pair.First.DynamicDns.ApplyAsync(
            i % 2 == 0 ? pair.Second : Wanting(pair.Second, "5.9.1.2"), options, CancellationToken.None)));

        var winner = Assert.Single(results, static result => result.Outcome is DynamicDnsOutcome.Updated);
        Assert.Equal([winner.To!], await world.ReadAsync());
        Assert.All(results.Where(result => result != winner), result =>
            Assert.Equal(result.To == winner.To ? DynamicDnsOutcome.Unchanged : DynamicDnsOutcome.Conflict, result.Outcome));
        Assert.Equal(Machines / 2, results.Count(static result => result.Outcome == DynamicDnsOutcome.Conflict));
    }

    [Fact]
    public async Task Another_process_of_this_machine_at_work_is_named()
    {
        await using var world = await StartAsync();
        using var state = world.State();
        using var lease = new OperationLock(state).TryAcquire("sites.example.net", "dynamicDns:" + Office, "x", "ops@desk", TimeSpan.FromMinutes(1), out _);

        var result = await RunAsync(world.Machine());

        Assert.Equal((DynamicDnsOutcome.Failed, ErrorIds.DynamicDnsBusy), (result.Outcome, result.ErrorId));
        Assert.Contains("ops@desk", result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, world.Writes);
    }

    [Fact]
    public async Task Wherever_the_process_dies_the_next_run_finds_out_and_the_record_is_written_once()
    {
        await using var world = await StartAsync();
        var deaths = 0;
        var recovered = 0;
        for (var point = 1; ; point++)
        {
            Assert.True(point < 200, "It never ends without dying.");
            world.AllSay($"5.9.2.{point}");
            var clock = new DyingClock(point);
            try
            {
                await using var dying = world.Machine(time: clock);
                await RunAsync(dying);
            }
            catch (Exception error) when (clock.IsDead && error is not Xunit.Sdk.XunitException)
            {
                // Whatever it died of, it did nothing any more.
            }

            await using var next = world.Machine();
            var result = await RunAsync(next);
            Assert.Equal([$"5.9.2.{point}"], await world.ReadAsync());
            using (var state = world.State())
            {
                Assert.Empty(new DynamicDnsRegister(state).Open(world.Failover.Sandbox.ZoneId, Office, PublicAddressFamily.IPv4));
            }

            recovered += result.Reason.Contains("cut off", StringComparison.Ordinal) ? 1 : 0;
            if (!clock.IsDead)
            {
                break;
            }

            deaths++;
        }

        Assert.True(deaths >= 12, $"It died at {deaths} points only.");
        Assert.True(recovered >= 1, "No run found what another had written.");
    }

    [Fact]
    public async Task A_write_that_was_cut_off_is_ours_also_when_the_address_has_changed_again_since()
    {
        await using var world = await StartAsync();
        await RunAsync(world.Machine());
        using (var state = world.State())
        {
            new DynamicDnsRegister(state).Begin(world.Failover.Sandbox.ZoneId, Office, PublicAddressFamily.IPv4, "5.9.1.1", "5.9.1.2");
        }

        await world.WriteAsync("A", "5.9.1.2");
        world.AllSay("5.9.1.3");
        var machine = world.Machine();
        var result = await RunAsync(machine);

        Assert.Equal((DynamicDnsOutcome.Updated, "5.9.1.2", "5.9.1.3"), (result.Outcome, result.From, result.To));
        Assert.Equal(["5.9.1.3", "5.9.1.2", "5.9.1.1"], machine.GetDynamicDnsHistory(null, 10).Select(static entry => entry.To));
    }

    [Fact]
    public async Task A_dry_run_leaves_neither_the_record_nor_the_memory()
    {
        await using var world = await StartAsync();
        var machine = world.Machine();

        var plan = Assert.Single(await machine.DynamicDns.PlanAsync(world.Quick, new DynamicDnsOptions { DryRun = true }, CancellationToken.None));

        Assert.Null(plan.Ended);
        Assert.Equal((null, "5.9.1.1"), (plan.From, plan.To));
        using var state = world.State();
        Assert.Equal((null, null, null), new DynamicDnsRegister(state).Find(world.Failover.Sandbox.ZoneId, Office, PublicAddressFamily.IPv4));
        Assert.Equal(0, world.Writes);
    }

    [Fact]
    public async Task An_authoritative_server_that_does_not_serve_it_makes_it_unproven()
    {
        await using var world = await StartAsync();
        var machine = world.Machine(shape: static inventory => inventory with { NameServers = [.. inventory.NameServers, "127.0.0.1:1"] });
        var options = new DynamicDnsOptions { VerifyTimeout = TimeSpan.FromMilliseconds(300) };
        var plan = Assert.Single(await machine.DynamicDns.PlanAsync(world.Quick, options, CancellationToken.None));

        var result = await machine.DynamicDns.ApplyAsync(plan, options, CancellationToken.None);

        Assert.Equal((DynamicDnsOutcome.UpdatedUnproven, false, ErrorIds.VerificationFailed), (result.Outcome, result.Verified, result.ErrorId));
        Assert.Contains("127.0.0.1:1", result.Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_aws_CLI_sees_the_record_and_dig_its_answer()
    {
        var (aws, dig) = (RealPart.Require("aws"), RealPart.Require("dig"));
        await using var world = await StartAsync();
        await RunAsync(world.Machine(world.Quick with { Ttl = 45 }));
        var server = world.Failover.Sandbox.NameServer.Split(':');

        var listed = await OutputAsync(
            aws, "--endpoint-url", world.Failover.Sandbox.EndpointUrl, "--output", "text", "route53", "list-resource-record-sets", "--hosted-zone-id",
            world.Failover.Sandbox.ZoneId, "--query", $"ResourceRecordSets[?Name=='{Office}.'].[Type,TTL,ResourceRecords[0].Value]");
        var answered = await OutputAsync(dig, "+short", "@" + server[0], "-p", server[1], Office);

        Assert.Equal("A\t45\t5.9.1.1", listed);
        Assert.Equal("5.9.1.1", answered);
    }

    // As though the plan had been made when the sources said otherwise.
    private static DynamicDnsPlan Wanting(DynamicDnsPlan plan, string address) => plan with
    {
        Observed = plan.Observed with { Address = address },
        Change = plan.Change with { After = [plan.Change.After[0] with { Values = [address] }] },
    };

    private static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in new[] { ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "y"), ("AWS_DEFAULT_REGION", "us-east-1"), ("AWS_PAGER", "") })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.Patience);
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return output.Trim();
    }

    private sealed class ProcessDiedException : Exception;

    private sealed class DyingClock(int death) : TimeProvider
    {
        private int looks;

        public bool IsDead => Volatile.Read(ref looks) >= death;

        public override DateTimeOffset GetUtcNow() => Alive(base.GetUtcNow());

        public override long GetTimestamp() => Alive(base.GetTimestamp());

        // The dead do not wait.
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, IsDead && dueTime > TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : dueTime, period);

        private T Alive<T>(T value) => Interlocked.Increment(ref looks) < death ? value : throw new ProcessDiedException();
    }
}
