using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using HostingOps.Engine.DynamicDns.Deciding;
using HostingOps.Engine.Tests.Failover;
using static HostingOps.Engine.Tests.DynamicDns.DynamicWorld;

namespace HostingOps.Engine.Tests.DynamicDns;

public sealed class UplinkTests
{
    private const string Mobile = "6.6.6.6";

    private static readonly UplinkSettings Alerting = new() { Name = "4g", Ranges = ["6.6.0.0/16", "2a02::/32"], Publish = false };

    [Theory]
    [InlineData("6.6.6.6", "4g")]
    [InlineData("6.7.0.0", null)]
    [InlineData("2a02::1", "4g")]
    [InlineData("2a03::1", null)]
    [InlineData(null, null)]
    public void An_address_belongs_to_the_line_that_has_its_range(string? address, string? uplink) =>
        Assert.Equal(uplink, UplinkRanges.Find([Alerting], address)?.Name);

    [Fact]
    public async Task A_change_of_line_is_told_once_and_so_is_the_way_back_and_the_record_keeps_its_address()
    {
        await using var world = await StartAsync();
        using var chat = new Chat();
        var machine = world.Machine(shape: inventory => inventory with { Uplinks = [Alerting], Notifications = [chat.Channel()] });
        Assert.Null((await RunAsync(machine)).UplinkChange);

        world.AllSay(Mobile);
        var there = await RunAsync(machine);
        Assert.Equal((DynamicDnsOutcome.Waiting, "4g"), (there.Outcome, there.Uplink));
        Assert.Equal((null, "4g", Mobile, true, true), (there.UplinkChange!.From, there.UplinkChange.To, there.UplinkChange.Address, there.UplinkChange.Alerted, there.UplinkChange.Completed));
        Assert.Null((await RunAsync(machine)).UplinkChange);
        Assert.Equal(["5.9.1.1"], await world.ReadAsync());

        world.AllSay("5.9.1.1");
        var back = await RunAsync(machine);
        Assert.Equal(("4g", null, true), (back.UplinkChange!.From, back.UplinkChange.To, back.UplinkChange.Alerted));

        Assert.Equal(["4g", null], chat.Posts.Select(static post => post.GetProperty("to").GetString()));
        Assert.Equal("uplink", chat.Posts[0].GetProperty("event").GetString());
        Assert.Contains("uplink '4g' (6.6.6.6)", chat.Posts[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, machine.GetDynamicDnsHistory(null, 10).Count(static entry => entry.UplinkChange is not null));
    }

    [Fact]
    public async Task A_line_that_flaps_tells_no_story_until_it_has_settled()
    {
        await using var world = await StartAsync();
        var settings = world.Quick with { SettleCount = 3 };
        var machine = world.Machine(settings, shape: static inventory => inventory with { Uplinks = [Alerting] });
        for (var round = 0; round < 6; round++)
        {
            world.AllSay(round % 2 == 0 ? "5.9.1.1" : Mobile);
            Assert.Null((await RunAsync(machine)).UplinkChange);
        }

        world.AllSay(Mobile);
        Assert.Null((await RunAsync(machine)).UplinkChange);
        Assert.NotNull((await RunAsync(machine)).UplinkChange);
    }

    [Fact]
    public async Task A_line_that_may_be_published_gets_the_record()
    {
        await using var world = await StartAsync();
        var machine = world.Machine(shape: static inventory => inventory with { Uplinks = [Alerting with { Publish = true, Reaction = UplinkReaction.None }] });
        world.AllSay(Mobile);

        var result = await RunAsync(machine);

        Assert.Equal((DynamicDnsOutcome.Updated, Mobile), (result.Outcome, result.To));
        var entry = Assert.Single(machine.GetDynamicDnsHistory(null, 10));
        Assert.Equal((DynamicDnsOutcome.Updated, "4g"), (entry.Outcome, entry.UplinkChange?.To));
        Assert.Equal((UplinkReaction.None, null, true), (result.UplinkChange!.Reaction, result.UplinkChange.Alerted, result.UplinkChange.Completed));
    }

    [Fact]
    public async Task An_alert_that_reached_nobody_is_sent_again_and_names_no_secret()
    {
        await using var world = await StartAsync();
        using var chat = new Chat { Status = 500 };
        var reporter = new Warnings();
        var inventory = world.Failover.Sandbox.Inventory with { DynamicDns = [world.Quick], Uplinks = [Alerting], Notifications = [chat.Channel("T0/hunter2")] };
        await using var machine = HostingWorkspace.Open(inventory, new WorkspaceOptions { StatePath = world.Failover.StateOf("here") }, reporter);
        world.AllSay(Mobile);

        var failed = await RunAsync(machine);
        Assert.Equal((false, false), (failed.UplinkChange!.Alerted, failed.UplinkChange.Completed));
        chat.Status = 204;
        var sent = await RunAsync(machine);
        Assert.Equal((true, true), (sent.UplinkChange!.Alerted, sent.UplinkChange.Completed));
        Assert.Null((await RunAsync(machine)).UplinkChange);
        Assert.Equal(2, chat.Posts.Count);
        Assert.Contains(reporter.Given, static warning => warning.Contains("it answers 500", StringComparison.Ordinal));
        Assert.DoesNotContain(reporter.Given, static warning => warning.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sites_behind_the_line_go_to_their_mirror_by_the_normal_gates_where_they_may_and_the_others_are_named()
    {
        await using var world = await StartAsync(Mirrored, sites: 3);
        var machine = world.Machine(shape: static inventory => inventory with
        {
            Uplinks = [Alerting with { Reaction = UplinkReaction.SwitchToMirror }],
        });
        await RunAsync(machine);
        world.AllSay(Mobile);

        // The line has changed, but the host still answers: the gates refuse, and the next run tries again.
        var refused = await RunAsync(machine);
        Assert.False(refused.UplinkChange!.Completed);
        Assert.Equal(FailoverOutcome.Refused, Assert.Single(refused.UplinkChange.Failovers).Outcome);
        Assert.Equal("Invoke-SiteFailover site2, site1", refused.UplinkChange.Command);

        world.Failover.Sandbox.StopHost("office");
        var moved = await RunAsync(machine);
        Assert.True(moved.UplinkChange!.Completed, moved.UplinkChange.Reason);
        var move = Assert.Single(moved.UplinkChange.Failovers);
        Assert.Equal(("site1", FailoverOutcome.Succeeded, "li-1"), (move.SiteName, move.Outcome, move.To));
        Assert.Equal(["site2"], moved.UplinkChange.ManualSites);
        var live = await world.Failover.LiveAsync();
        Assert.Equal(("li-1", "office", "li-1"), (live["site1"], live["site2"], live["site3"]));
        Assert.Null((await RunAsync(machine)).UplinkChange);
        Assert.Single(machine.GetHistory(new HostingOps.Engine.Failover.HistoryFilter { Sites = ["site1"] }), static entry => entry.Outcome == FailoverOutcome.Succeeded);
    }

    [Fact]
    public async Task Of_more_sites_than_the_fleets_limit_lets_move_the_first_ones_move()
    {
        await using var world = await StartAsync(
            static inventory =>
            {
                var mirrored = Mirrored(inventory);
                return mirrored with
                {
                    Policy = mirrored.Policy with { MaxFailovers = 2 },
                    Sites = [.. mirrored.Sites.Select(site => site with { Primary = mirrored.Hosts["office"], Secondary = TestSites.Linode, Policy = site.Policy with { Automatic = true } })],
                };
            },
            sites: 4);
        var machine = world.Machine(shape: static inventory => inventory with { Uplinks = [Alerting with { Reaction = UplinkReaction.SwitchToMirror }] });
        await RunAsync(machine);
        world.Failover.Sandbox.StopHost("office");
        world.AllSay(Mobile);

        var change = (await RunAsync(machine)).UplinkChange!;

        Assert.Equal(["site1", "site2"], change.Failovers.Where(static result => result.Outcome == FailoverOutcome.Succeeded).Select(static result => result.SiteName));
        Assert.Equal("Invoke-SiteFailover site3, site4", change.Command);
        Assert.False(change.Completed);
    }

    [Fact]
    public async Task Only_hosts_of_the_record_that_showed_the_change_are_behind_the_line()
    {
        await using var world = await StartAsync(Mirrored);
        var machine = world.Machine(world.Quick with { Record = "lab.sites.example.net" }, shape: inventory => inventory with
        {
            DynamicDns = [.. inventory.DynamicDns, world.Quick with { Sources = [] }],
            Uplinks = [Alerting with { Reaction = UplinkReaction.SwitchToMirror }],
        });
        world.AllSay(Mobile);

        var change = Assert.Single(await RunAllAsync(machine), static result => result.UplinkChange is not null).UplinkChange!;

        Assert.Equal(("lab.sites.example.net", true), (change.Record, change.Completed));
        Assert.Empty(change.Failovers);
    }

    [Fact]
    public async Task A_switch_to_the_mirror_waits_until_an_address_has_settled_and_follows_the_inventory_as_it_is_then()
    {
        await using var world = await StartAsync(Mirrored);
        HostingWorkspace Machine(params UplinkSettings[] uplinks) => world.Machine(shape: inventory => inventory with { Uplinks = uplinks });
        var mirror = Alerting with { Reaction = UplinkReaction.SwitchToMirror };
        await RunAsync(Machine(mirror));
        world.AllSay(Mobile);
        Assert.False((await RunAsync(Machine(mirror))).UplinkChange!.Completed);

        world.AllSay("<html>");
        world.Failover.Sandbox.StopHost("office");
        Assert.Null((await RunAsync(Machine(mirror))).UplinkChange);
        Assert.Null((await RunAsync(Machine())).UplinkChange);
        Assert.Null((await RunAsync(Machine(Alerting with { Name = "other", Ranges = ["7.7.0.0/16"] }))).UplinkChange);
        Assert.Equal("office", (await world.Failover.LiveAsync())["site1"]);

        // It is still to be done, but the inventory wants nothing of it any more.
        world.AllSay(Mobile);
        var quiet = await RunAsync(Machine(Alerting with { Reaction = UplinkReaction.None }));
        Assert.Equal((UplinkReaction.None, true), (quiet.UplinkChange!.Reaction, quiet.UplinkChange.Completed));
        Assert.Equal("office", (await world.Failover.LiveAsync())["site1"]);
        Assert.Null((await RunAsync(Machine(mirror))).UplinkChange);
    }

    [Fact]
    public async Task An_alert_that_the_inventory_no_longer_wants_is_not_sent_again()
    {
        await using var world = await StartAsync();
        using var chat = new Chat { Status = 500 };
        HostingWorkspace Machine(UplinkReaction reaction) => world.Machine(shape: inventory => inventory with
        {
            Uplinks = [Alerting with { Reaction = reaction }],
            Notifications = [chat.Channel()],
        });
        world.AllSay(Mobile);
        Assert.False((await RunAsync(Machine(UplinkReaction.Alert))).UplinkChange!.Completed);

        var quiet = (await RunAsync(Machine(UplinkReaction.None))).UplinkChange!;

        Assert.Equal((null, true), (quiet.Alerted, quiet.Completed));
        Assert.Single(chat.Posts);
        Assert.Null((await RunAsync(Machine(UplinkReaction.Alert))).UplinkChange);
    }

    // A host behind this machine's line, by the dynamic record; site1 may move by itself, site2 may not, site3 lives elsewhere.
    internal static HostingInventory Mirrored(HostingInventory inventory)
    {
        var office = new SiteHost { Name = "office", Provider = "office", Cname = Office };
        return inventory with
        {
            Hosts = new[] { office, TestSites.Linode }.ToDictionary(static host => host.Name),
            Policy = inventory.Policy with { ObserverChecks = ["https://observer.example/"] },
            Sites =
            [
                .. inventory.Sites.Select((site, i) => site with
                {
                    Primary = i == 2 ? TestSites.Linode : office,
                    Secondary = i == 2 ? office : TestSites.Linode,
                    Policy = site.Policy with { Automatic = i != 1 },
                }),
            ],
        };
    }

    private sealed class Chat : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly string prefix;

        public Chat()
        {
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                prefix = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            }

            listener.Prefixes.Add(prefix);
            listener.Start();
            _ = ServeAsync();
        }

        public List<JsonElement> Posts { get; } = [];

        public int Status { get; set; } = 200;

        public NotificationChannel Channel(string path = "") => new() { Webhook = prefix + path, On = ["uplink"] };

        public void Dispose() => listener.Close();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await listener.GetContextAsync();
                    Posts.Add((await JsonDocument.ParseAsync(context.Request.InputStream)).RootElement);
                    context.Response.StatusCode = Status;
                    context.Response.Close();
                }
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }

    private sealed class Warnings : IOperationReporter
    {
        public List<string> Given { get; } = [];

        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message) => Given.Add(message);
    }
}
