using System.Text.Json;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>An admin at a desk before a fleet of which a host has just died, and the zone as it was then.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private IReadOnlyList<DnsRecordSet> before = [];

    private Scene(Fleet fleet) => Fleet = fleet;

    public Fleet Fleet { get; }

    public Desk Desk { get; } = new();

    /// <summary>Starts it; acme has hooks when <paramref name="hookTimeout"/> is given.</summary>
    public static async Task<Scene> StartAsync(string? hookTimeout = null, bool hostDies = true)
    {
        var scene = new Scene(await Fleet.StartAsync(hookTimeout));
        scene.Desk.WriteInventory(await File.ReadAllTextAsync(scene.Fleet.Sandbox.InventoryPath));
        scene.before = await scene.Fleet.ZoneAsync();
        if (hostDies)
        {
            scene.Fleet.Sandbox.StopHost("do-1");
        }

        return scene;
    }

    /// <summary><c>hostingops failover acme --yes --json</c> and what else is given.</summary>
    public Task<ProgramRun> FailoverAsync(params string[] more) => Desk.AgentAsync(["failover", "acme", "--yes", "--json", .. more]);

    /// <summary>Every record is as it was, and nothing is left to finish.</summary>
    public async Task WorldIsAsItWasAsync()
    {
        Assert.Equal(before, await Fleet.ZoneAsync());
        Assert.Equal(0, (await Desk.AgentAsync("history", "--resumable", "--json")).Ended(0).Json.GetArrayLength());
    }

    /// <summary>Nothing was even begun: every record is as it was, and the journal is empty.</summary>
    public async Task NothingWasBegunAsync()
    {
        Assert.Equal(before, await Fleet.ZoneAsync());
        Assert.Equal(0, (await Desk.HistoryAsync()).GetArrayLength());
    }

    /// <summary>The journal's one entry: outcome, last step, and whether it can be resumed.</summary>
    public async Task<(string Outcome, string LastStep, bool Resumable, string Reason)> EntryAsync()
    {
        var entry = Assert.Single((await Desk.HistoryAsync()).EnumerateArray());
        return (Text(entry, "outcome"), Text(entry, "lastStep"), entry.GetProperty("resumable").GetBoolean(), Text(entry, "reason"));
    }

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        Desk.Dispose();
    }

    private static string Text(JsonElement item, string property) => item.GetProperty(property).GetString()!;
}
