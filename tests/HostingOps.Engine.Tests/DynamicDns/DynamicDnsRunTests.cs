using System.Text.Json;
using HostingOps.Engine.DynamicDns;
using HostingOps.Engine.State;
using HostingOps.Sandbox.Api;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.DynamicDns.DynamicWorld;

namespace HostingOps.Engine.Tests.DynamicDns;

public sealed class DynamicDnsRunTests
{
    private static readonly UplinkSettings Mobile = new() { Name = "4g", Ranges = ["6.6.0.0/16"], Publish = true, Reaction = UplinkReaction.None };

    [Fact]
    public async Task Both_families_are_written_in_one_run_and_so_is_their_time_to_live()
    {
        await using var world = await StartAsync();
        using var folder = new TemporaryFolder();
        var says = Path.Combine(folder.Path, "v6");
        var settings = world.Quick with
        {
            Families = [PublicAddressFamily.IPv4, PublicAddressFamily.IPv6],
            Quorum = 1,
            Sources = [world.Sources[0], "command:" + JsonSerializer.Serialize(new[] { "cat", says })],
        };
        (string V4, string V6, int Ttl)[] rounds = [("5.9.1.1", "2a01:4f8::1", 60), ("5.9.1.2", "2a01:4f8::2", 60), ("5.9.1.2", "2a01:4f8::2", 45)];
        foreach (var (v4, v6, ttl) in rounds)
        {
            world.AllSay(v4);
            await File.WriteAllTextAsync(says, v6);

            var results = await RunAllAsync(world.Machine(settings with { Ttl = ttl }));

            Assert.Equal([(DynamicDnsOutcome.Updated, v4), (DynamicDnsOutcome.Updated, v6)], results.Select(static result => (result.Outcome, result.To!)));
            Assert.Equal([v4], await world.ReadAsync());
            Assert.Equal([v6], await world.ReadAsync("AAAA"));
        }

        Assert.Equal(2 * rounds.Length, world.Writes);
    }

    [Fact]
    public async Task A_record_that_another_inventory_owns_is_left_alone()
    {
        await using var world = await StartAsync();
        await world.WriteAsync("A", "7.7.7.7");
        await world.ClaimAsync("them");

        var refused = await RunAsync(world.Machine(shape: static inventory => inventory with { Owner = "us" }));

        Assert.Equal((DynamicDnsOutcome.Refused, ErrorIds.DynamicDnsRefused), (refused.Outcome, refused.ErrorId));
        Assert.Equal("The record belongs to the inventory 'them' (site 'acme').", refused.Reason);
        Assert.Equal(["7.7.7.7"], await world.ReadAsync());
        Assert.Equal(DynamicDnsOutcome.Updated, (await RunAsync(world.Machine(shape: static inventory => inventory with { Owner = "them" }))).Outcome);
    }

    [Fact]
    public async Task A_record_that_fails_stops_no_other_and_its_error_comes_at_the_end()
    {
        await using var world = await StartAsync();
        var broken = world.Quick with { Record = "broken.sites.example.net", CaFile = "/nowhere/root.pem" };
        var machine = world.Machine(shape: inventory => inventory with { DynamicDns = [broken, .. inventory.DynamicDns] });
        var results = new List<DynamicDnsResult>();

        var error = await Assert.ThrowsAsync<HostingException>(async () =>
        {
            await foreach (var result in RunOf(machine))
            {
                results.Add(result);
            }
        });

        Assert.Contains("/nowhere/root.pem", error.Message, StringComparison.Ordinal);
        Assert.Equal((Office, DynamicDnsOutcome.Updated), (Assert.Single(results).Record, results[0].Outcome));
    }

    [Fact]
    public async Task A_reaction_that_fails_does_not_stop_the_write_and_is_tried_again()
    {
        await using var world = await StartAsync(UplinkTests.Mirrored);
        world.AllSay("6.6.6.6");
        var machine = world.Machine(shape: static inventory => inventory with { Uplinks = [Mobile with { Reaction = UplinkReaction.SwitchToMirror }] });
        var results = new List<DynamicDnsResult>();

        var error = await Assert.ThrowsAsync<HostingException>(async () =>
        {
            await foreach (var result in machine.DynamicDns.UpdateAsync(
                machine.SelectDynamicDns(null),
                new DynamicDnsOptions { VerifyTimeout = TimeSpan.FromSeconds(20) },
                _ =>
                {
                    world.Failover.Sandbox.Faults.FailNext("ListResourceRecordSets", SandboxApiFault.AccessDenied);
                    return Task.FromResult(true);
                },
                _ =>
                {
                    world.Failover.Sandbox.Faults.Clear();
                    return Task.FromResult(true);
                },
                CancellationToken.None))
            {
                results.Add(result);
            }
        });

        Assert.Equal(ErrorIds.AwsAccessDenied, error.ErrorId);
        Assert.Equal((DynamicDnsOutcome.Updated, null), (Assert.Single(results).Outcome, results[0].UplinkChange));
        Assert.Equal(["6.6.6.6"], await world.ReadAsync());
        Assert.NotNull((await RunAsync(machine)).UplinkChange);
    }

    [Fact]
    public async Task What_was_done_about_the_uplink_is_told_and_kept_when_the_write_was_not_confirmed()
    {
        await using var world = await StartAsync();
        world.AllSay("6.6.6.6");
        var machine = world.Machine(shape: static inventory => inventory with { Uplinks = [Mobile] });

        var result = Assert.Single(await RunOf(machine, write: false).ToListAsync());

        Assert.Equal((DynamicDnsOutcome.Waiting, "4g", null), (result.Outcome, result.UplinkChange?.To, result.ErrorId));
        Assert.Equal(0, world.Writes);
        Assert.Equal("4g", Assert.Single(machine.GetDynamicDnsHistory(null, 10)).UplinkChange?.To);
    }

    [Fact]
    public async Task Who_was_kept_out_by_another_process_leaves_its_entry_in_the_history()
    {
        await using var world = await StartAsync();
        world.AllSay("6.6.6.6");
        var machine = world.Machine(shape: static inventory => inventory with { Uplinks = [Mobile] });
        using var state = world.State();
        var register = new DynamicDnsRegister(state);
        using var lease = new OperationLock(state).TryAcquire("sites.example.net", "dynamicDns:" + Office, "x", "ops@desk", TimeSpan.FromMinutes(1), out _);
        register.Begin(world.Failover.Sandbox.ZoneId, Office, PublicAddressFamily.IPv4, null, "5.9.1.9");

        var result = Assert.Single(await RunOf(machine, overrides: DynamicDnsGateName.Floor).ToListAsync());

        Assert.Equal((ErrorIds.DynamicDnsBusy, "4g"), (result.ErrorId, result.UplinkChange?.To));
        Assert.Equal(["6.6.6.6", "5.9.1.9"], machine.GetDynamicDnsHistory(null, 10).Select(static entry => entry.To));
    }

    [Fact]
    public void An_entry_that_was_stamped_in_the_future_is_not_the_last_one_for_ever()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTimeProvider();
        using var state = StateDatabase.Open(Path.Combine(folder.Path, "state.db"), time);
        var clock = new ShiftedClock { Shift = TimeSpan.FromDays(4000) };
        using (var wrong = StateDatabase.Open(Path.Combine(folder.Path, "state.db"), clock))
        {
            new DynamicDnsRegister(wrong).Begin("Z1", Office, PublicAddressFamily.IPv4, null, "5.9.1.1");
        }

        var register = new DynamicDnsRegister(state);
        register.Begin("Z1", Office, PublicAddressFamily.IPv4, "5.9.1.1", "5.9.1.2");

        Assert.Equal(time.GetUtcNow(), register.Find("Z1", Office, PublicAddressFamily.IPv4).LastWrite);
    }

    private static IAsyncEnumerable<DynamicDnsResult> RunOf(HostingWorkspace machine, bool write = true, params DynamicDnsGateName[] overrides) =>
        machine.DynamicDns.UpdateAsync(
            machine.SelectDynamicDns(null),
            new DynamicDnsOptions { Overrides = overrides, VerifyTimeout = TimeSpan.FromSeconds(20) },
            static _ => Task.FromResult(true),
            _ => Task.FromResult(write),
            CancellationToken.None);
}
