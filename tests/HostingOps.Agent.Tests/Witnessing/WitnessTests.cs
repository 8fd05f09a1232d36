using System.Net;
using System.Net.Sockets;
using HostingOps.Engine;
using HostingOps.Engine.Failover;
using HostingOps.Engine.Operations;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Engine.Watch.Witnesses.Agents;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Witnessing;

/// <summary>One agent asks another, over real HTTPS.</summary>
public sealed class WitnessTests
{
    [Fact]
    public async Task A_witness_says_what_it_sees_now()
    {
        await using var world = await WitnessWorld.StartAsync();
        var url = await world.WitnessAsync();

        var serves = await world.AskAsync(world.Client(url));
        Assert.True(serves.Answer == WitnessAnswer.Serves, serves.Reason);
        Assert.Matches("seen [0-9]{2}:[0-9]{2}:[0-9]{2}Z$", serves.Reason);

        world.Sandbox.StopHost("do-1");
        var down = serves;
        for (var tries = 0; tries < 600 && down.Answer == WitnessAnswer.Serves; tries++)
        {
            // What it saw serves others for a second.
            await Task.Delay(100);
            down = await world.AskAsync(world.Client(url));
        }

        Assert.True(down.Answer == WitnessAnswer.Down, down.Reason);
        Assert.Contains("refuses connections", down.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_or_for_another_name_is_not_believed()
    {
        await using var world = await WitnessWorld.StartAsync();
        var url = await world.WitnessAsync();

        var untrusted = await world.AskAsync(world.Client(url, agent: world.Agent(url) with { CaFile = null }));
        Assert.Equal(WitnessAnswer.Unknown, untrusted.Answer);
        Assert.Contains("can't be asked", untrusted.Reason, StringComparison.Ordinal);

        var otherName = await world.AskAsync(world.Client(url.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)));
        Assert.Equal(WitnessAnswer.Unknown, otherName.Answer);

        var noFile = await world.AskAsync(world.Client(url, agent: world.Agent(url) with { CaFile = "/nonexistent/ca.pem" }));
        Assert.Equal(WitnessAnswer.Unknown, noFile.Answer);
    }

    [Fact]
    public async Task A_renewed_certificate_is_used_without_a_restart_and_a_broken_one_is_not()
    {
        await using var world = await WitnessWorld.StartAsync();
        var url = await world.WitnessAsync();
        await File.WriteAllTextAsync(world.CertificateFile, "-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----\n");
        Assert.Equal(WitnessAnswer.Serves, (await world.AskAsync(world.Client(url))).Answer);

        // A new authority: who trusts only that is answered only with the new certificate.
        world.Certify("localhost");
        var renewed = await world.AskAsync(world.Client(url));
        Assert.True(renewed.Answer == WitnessAnswer.Serves, renewed.Reason);
    }

    [Fact]
    public async Task Another_key_is_refused_and_no_key_is_not_asked_with()
    {
        await using var world = await WitnessWorld.StartAsync();
        var url = await world.WitnessAsync();
        const string other = "ffffffffffffffffffffffffffffffffffff";

        var refused = await world.AskAsync(world.Client(url, other));
        Assert.Equal((WitnessAnswer.Unknown, "it refuses the question: the keys differ"), (refused.Answer, refused.Reason));

        var none = await world.AskAsync(world.Client(url, ""));
        Assert.Equal(WitnessAnswer.Unknown, none.Answer);
        Assert.Contains("is not set", none.Reason, StringComparison.Ordinal);
        var weak = await world.AskAsync(world.Client(url, "hunter2"));
        Assert.Contains("fewer than 32", weak.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", weak.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_differing_inventory_is_noticed()
    {
        await using var world = await WitnessWorld.StartAsync();
        var url = await world.WitnessAsync();
        var acme = world.Acme;

        Assert.Equal("its inventory has no such site", (await world.AskAsync(world.Client(url), acme with { Name = "nosuch" })).Reason);
        Assert.Equal("its inventory has another address for that host", (await world.AskAsync(world.Client(url), acme, acme.Primary with { Address = "192.0.2.1" })).Reason);
        Assert.Equal("its inventory has another domain for that site", (await world.AskAsync(world.Client(url), acme with { Domain = "other.example" })).Reason);
        Assert.Equal("in its inventory the site does not live on that host", (await world.AskAsync(world.Client(url), acme, acme.Primary with { Name = "elsewhere" })).Reason);
    }

    [Fact]
    public async Task A_witness_that_sees_nothing_at_all_says_unknown()
    {
        await using var world = await WitnessWorld.StartAsync();
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var deaf = $"http://127.0.0.1:{((IPEndPoint)nobody.LocalEndpoint).Port}/";
        nobody.Stop();
        world.Sandbox.StopHost("do-1");

        var insane = await world.WitnessAsync(shape: inventory => inventory with { Policy = inventory.Policy with { ObserverChecks = [deaf] } });
        var opinion = await world.AskAsync(world.Client(insane));
        Assert.Equal(WitnessAnswer.Unknown, opinion.Answer);
        Assert.Contains("the fault may lie here", opinion.Reason, StringComparison.Ordinal);

        var unobserved = await world.WitnessAsync(shape: static inventory => inventory with { Policy = inventory.Policy with { ObserverChecks = [] } });
        Assert.Equal(WitnessAnswer.Unknown, (await world.AskAsync(world.Client(unobserved))).Answer);
    }

    [Fact]
    public async Task A_silent_witness_is_unknown_and_the_others_still_count()
    {
        await using var world = await WitnessWorld.StartAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var timeout = TimeSpan.FromSeconds(4);
        var silence = world.Client($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", timeout: timeout, agent: world.Agent($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", "mute"));
        var clock = new ManualTimeProvider();
        var other = new Noted(world.Client(await world.WitnessAsync()));
        var asking = new WitnessPanel([silence, other], timeout, SilentReporter.Instance, clock).AskAsync([(world.Acme, world.Acme.Primary)], CancellationToken.None);
        await other.Answered.WaitAsync(Eventually.Patience);
        clock.Advance(timeout);

        var opinions = Assert.Single(await asking.WaitAsync(Eventually.Patience));

        Assert.Equal([("mute", WitnessAnswer.Unknown), ("nyc", WitnessAnswer.Serves)], opinions.Select(static opinion => (opinion.Witness, opinion.Answer)));
        Assert.Equal("no answer within 4 s", opinions[0].Reason);
    }

    [Fact]
    public async Task Asking_can_be_cancelled()
    {
        await using var world = await WitnessWorld.StartAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var hour = TimeSpan.FromHours(1);
        using var client = world.Client($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", timeout: hour);
        using var stop = new CancellationTokenSource();
        var asking = new WitnessPanel([client], hour, SilentReporter.Instance, TimeProvider.System).AskAsync([(world.Acme, world.Acme.Primary)], stop.Token);
        using var unanswered = await silent.AcceptTcpClientAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_failover_passes_when_the_witness_agrees_and_is_refused_when_it_is_served()
    {
        await using var world = await WitnessWorld.StartAsync();
        world.Sandbox.StopHost("do-1");
        var agrees = await world.WitnessAsync();

        // From there the host's address leads to a machine that serves.
        var serving = world.Sandbox.Inventory.Hosts["li-1"].ConnectTo;
        var served = await world.WitnessAsync(name: "fra", shape: inventory => inventory with
        {
            Sites = [.. inventory.Sites.Select(site => site.Primary.Name == "do-1" ? site with { Primary = site.Primary with { ConnectTo = serving } } : site)],
        });

        var passed = await GateAsync(world, [world.Agent(agrees, "nyc"), world.Agent(served, "fra")], 2);
        Assert.True(passed.Outcome == GateOutcome.Passed, passed.Reason);
        Assert.StartsWith("2 of 3 say down, 2 needed. here: down (", passed.Reason, StringComparison.Ordinal);
        Assert.Contains(" nyc: down (", passed.Reason, StringComparison.Ordinal);
        Assert.Contains(" fra: serves (", passed.Reason, StringComparison.Ordinal);

        var refused = await GateAsync(world, [world.Agent(served, "fra")], 2);
        Assert.True(refused.Outcome == GateOutcome.Refused, refused.Reason);
        var overridden = await GateAsync(world, [world.Agent(served, "fra")], 2, new PlanOptions { Overrides = [GateName.WitnessQuorum], OverrideReason = "Seen from the office too." });
        Assert.Equal(GateOutcome.Overridden, overridden.Outcome);
        var silent = await GateAsync(world, [world.Agent("https://127.0.0.1:1", "gone")], 2);
        Assert.Equal(GateOutcome.Unknown, silent.Outcome);
        var planned = await GateAsync(world, [world.Agent(served, "fra")], 2, new PlanOptions { Planned = true });
        Assert.Equal("A planned switch does not ask for it.", planned.Reason);
    }

    [Fact]
    public async Task A_changed_caFile_is_read_again()
    {
        await using var world = await WitnessWorld.StartAsync();
        var roots = world.Home.Combine("roots.pem");
        File.Copy(world.CaFile, roots);
        world.Certify("localhost");
        var url = await world.WitnessAsync();
        using var client = world.Client(url, agent: world.Agent(url, caFile: roots));
        Assert.Equal(WitnessAnswer.Unknown, (await AskAsync()).Answer);

        File.Copy(world.CaFile, roots, overwrite: true);
        var renewed = await AskAsync();
        Assert.True(renewed.Answer == WitnessAnswer.Serves, renewed.Reason);

        async Task<WitnessOpinion> AskAsync() =>
            Assert.Single(await client.AskAsync([(world.Acme, world.Acme.Primary)], CancellationToken.None, CancellationToken.None));
    }

    [Fact]
    public async Task Two_names_of_one_agent_two_agents_on_one_machine_and_this_machine_have_one_voice()
    {
        await using var world = await WitnessWorld.StartAsync();
        world.Sandbox.StopHost("do-1");
        var nyc = await world.WitnessAsync(machine: "one");

        var twoAddresses = await GateAsync(world, [world.Agent(nyc, "nyc"), world.Agent(nyc.Replace("localhost", "LOCALHOST", StringComparison.Ordinal), "fra")], 3);
        Assert.True(twoAddresses.Outcome == GateOutcome.Unknown, twoAddresses.Reason);
        Assert.StartsWith("2 of 3 say down, 3 needed.", twoAddresses.Reason, StringComparison.Ordinal);
        Assert.Contains("fra: unknown (it refuses the question: it is not the witness fra, or runs without '--name fra')", twoAddresses.Reason, StringComparison.Ordinal);

        var fra = await world.WitnessAsync(machine: "one", name: "fra");
        var twoAgents = await GateAsync(world, [world.Agent(nyc, "nyc"), world.Agent(fra, "fra")], 3);
        Assert.True(twoAgents.Outcome == GateOutcome.Unknown, twoAgents.Reason);
        Assert.Contains("fra: unknown (it is on the same machine as nyc, and one machine has one voice)", twoAgents.Reason, StringComparison.Ordinal);

        var self = await world.WitnessAsync(machine: Asker);
        var own = await GateAsync(world, [world.Agent(self, "nyc")], 2);
        Assert.True(own.Outcome == GateOutcome.Unknown, own.Reason);
        Assert.Contains("nyc: unknown (it is on the machine that asks, which has its own voice already)", own.Reason, StringComparison.Ordinal);
    }

    private const string Asker = "the one who asks";

    private static async Task<FailoverGate> GateAsync(WitnessWorld world, IReadOnlyList<WitnessAgent> agents, int quorum, PlanOptions? options = null)
    {
        await using var workspace = HostingWorkspace.Open(
            world.Sandbox.Inventory with { Witnesses = new WitnessSettings { Quorum = quorum, Agents = agents, Timeout = TimeSpan.FromSeconds(20) } },
            new WorkspaceOptions { StatePath = world.Home.Combine("asker.db"), Machine = Asker },
            SilentReporter.Instance);
        await foreach (var plan in workspace.PlanFailoverAsync(workspace.SelectSites(["acme"]), options ?? new PlanOptions(), CancellationToken.None))
        {
            return plan.Gates.Single(static gate => gate.Name == GateName.WitnessQuorum);
        }

        throw new InvalidOperationException("There is no plan.");
    }

    /// <summary>A witness that notes when it has answered.</summary>
    private sealed class Noted(IWitness witness) : IWitness
    {
        private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Answered => answered.Task;

        public string Name => witness.Name;

        public async Task<IReadOnlyList<WitnessOpinion>> AskAsync(
            IReadOnlyList<(HostedSite Site, SiteHost Host)> targets, CancellationToken deadline, CancellationToken cancellationToken)
        {
            var opinions = await witness.AskAsync(targets, deadline, cancellationToken);
            answered.TrySetResult();
            return opinions;
        }
    }
}
