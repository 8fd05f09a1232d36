using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Tests.Witnessing;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Process;

/// <summary>The witness as systemd runs it.</summary>
public sealed class WitnessProcessTests
{
    [SkippableFact]
    public async Task It_answers_over_https_reads_a_changed_inventory_and_ends_cleanly()
    {
        var kill = RealPart.Require("kill");
        await using var world = await WitnessWorld.StartAsync();
        var inventory = world.Home.Write("hosting.yml", Inventory(world));
        var port = FreePort();
        using var agent = AgentProcess.Start(
            world.Home, new Dictionary<string, string> { [WitnessWorld.KeyVariable] = WitnessWorld.Key }, "witness", "--verbose", "--name", "nyc", "--inventory", inventory,
            "--listen", FormattableString.Invariant($"127.0.0.1:{port}"), "--certificate", world.CertificateFile, "--key", world.KeyFile);
        var url = FormattableString.Invariant($"https://localhost:{port}");

        var first = await AskUntilAsync(world, url, static opinion => opinion.Answer == WitnessAnswer.Serves);
        Assert.True(first.Answer == WitnessAnswer.Serves, first.Reason);

        // Broken, it leaves the last good one in use; mended, it is read again.
        await File.WriteAllTextAsync(inventory, "version: 1\nzone: [");
        Assert.Equal(WitnessAnswer.Serves, (await world.AskAsync(world.Client(url))).Answer);
        await File.WriteAllTextAsync(inventory, Inventory(world).Replace("203.0.113.10", "203.0.113.99", StringComparison.Ordinal));
        Assert.Equal("its inventory has another address for that host", (await world.AskAsync(world.Client(url))).Reason);

        using (var sent = System.Diagnostics.Process.Start(kill, ["-TERM", agent.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await sent.WaitForExitAsync();
        }

        var run = (await agent.EndAsync()).Ended(ExitCode.Success);
        Assert.Contains($"Witness for 2 sites, listening on https://127.0.0.1:{port}", run.Out, StringComparison.Ordinal);
        Assert.Contains("asked POST /v1/look: 200", run.Error, StringComparison.Ordinal);
        Assert.Contains("last good one stays in use", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(WitnessWorld.Key, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_can_t_do_it_says_and_does_not_start()
    {
        await using var world = await WitnessWorld.StartAsync();
        var inventory = world.Home.Write("hosting.yml", Inventory(world));
        var keyless = await RunAsync(null, "--inventory", inventory);
        Assert.Equal("WitnessNotConfigured", keyless.Ended(ExitCode.Error).ErrorJson.GetProperty("id").GetString());
        var none = await RunAsync(WitnessWorld.Key, "--inventory", world.Sandbox.InventoryPath);
        Assert.Contains("names no key", none.Ended(ExitCode.Error).Error, StringComparison.Ordinal);
        var others = world.Home.Write("others.yml", Inventory(world).Replace("witnesses: {", "witnesses: { agents: [ { name: nyc, url: \"https://nyc.example\" } ], ", StringComparison.Ordinal));
        var nameless = await RunAsync(WitnessWorld.Key, "--inventory", others, "--name", "fra");
        Assert.Contains("has no witness 'fra'; it has nyc", nameless.Ended(ExitCode.Error).Error, StringComparison.Ordinal);
        (await RunAsync(WitnessWorld.Key, "--inventory", inventory, "--listen", "0.0.0.0:0")).Ended(ExitCode.Usage);
        (await RunAsync(WitnessWorld.Key, "--inventory", inventory, "--listen", "8787")).Ended(ExitCode.Usage);
        var uncertain = await RunAsync(WitnessWorld.Key, "--inventory", inventory, "--certificate", world.CaFile);
        Assert.Equal("WitnessNotListening", uncertain.Ended(ExitCode.Error).ErrorJson.GetProperty("id").GetString());

        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var second = await RunAsync(WitnessWorld.Key, "--inventory", inventory, "--listen", $"127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal("WitnessNotListening", second.Ended(ExitCode.Error).ErrorJson.GetProperty("id").GetString());

        async Task<AgentRun> RunAsync(string? key, params string[] arguments)
        {
            using var agent = AgentProcess.Start(
                world.Home, new Dictionary<string, string> { [WitnessWorld.KeyVariable] = key ?? "" }, ["witness", "--json", .. arguments]);
            return await agent.EndAsync();
        }
    }

    private static string Inventory(WitnessWorld world) =>
        File.ReadAllText(world.Sandbox.InventoryPath) + $"witnesses: {{ key: \"{WitnessWorld.KeyReference}\" }}\n";

    private static async Task<WitnessOpinion> AskUntilAsync(WitnessWorld world, string url, Func<WitnessOpinion, bool> holds)
    {
        var deadline = DateTime.UtcNow.AddMinutes(1);
        WitnessOpinion opinion;
        do
        {
            opinion = await world.AskAsync(world.Client(url));
        }
        while (!holds(opinion) && DateTime.UtcNow < deadline && await WaitAsync());
        return opinion;

        static async Task<bool> WaitAsync()
        {
            await Task.Delay(100);
            return true;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
