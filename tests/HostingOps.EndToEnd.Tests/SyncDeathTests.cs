using System.Globalization;
using System.Text;
using System.Text.Json;
using HostingOps.EndToEnd.Tests.World;

namespace HostingOps.EndToEnd.Tests;

/// <summary>
/// The agent's process is killed with SIGKILL in the middle of a sync of two requests. Another one finishes the plan that was
/// reviewed: each record is made once.
/// </summary>
public sealed class SyncDeathTests : IAsyncLifetime
{
    private const int Sites = 600;
    private readonly Desk desk = new();
    private Fleet fleet = null!;
    private GatedEndpoint network = null!;
    private string checksum = "";

    public async Task InitializeAsync()
    {
        fleet = await Fleet.StartAsync();
        network = new GatedEndpoint(fleet.Sandbox.EndpointUrl);
        var more = new StringBuilder("sites:\n");
        for (var number = 0; number < Sites; number++)
        {
            more.Append(CultureInfo.InvariantCulture, $"  s{number:d5}: {{ domain: s{number}.example, primary: do-1, secondary: li-1 }}\n");
        }

        var yaml = await File.ReadAllTextAsync(fleet.Sandbox.InventoryPath);
        desk.WriteInventory("owner: agency\n" + yaml.Replace("sites:\n", more.ToString(), StringComparison.Ordinal));
        var plan = (await Sync("--what-if")).Ended(0).Single;
        checksum = plan.GetProperty("checksum").GetString()!;
        Assert.Equal(Sites, plan.GetProperty("createCount").GetInt32());
    }

    public async Task DisposeAsync()
    {
        await network.DisposeAsync();
        await fleet.DisposeAsync();
        desk.Dispose();
    }

    [SkippableFact]
    public async Task Killed_when_the_first_request_was_carried_out_and_its_answer_is_on_its_way()
    {
        await DieAtAsync(network.HoldNext("ChangeResourceRecordSets", answer: true));
        Assert.Equal(1, network.AcceptedChanges);
        Assert.InRange(await ClaimsAsync(), 1, Sites - 1);

        await FinishesAsync();
        Assert.Equal(2, network.AcceptedChanges);
    }

    [SkippableFact]
    public async Task Killed_when_the_first_request_was_sent_and_arrives_too_late()
    {
        var held = network.HoldNext("ChangeResourceRecordSets", answer: false);
        await DieAtAsync(held);
        Assert.Equal(0, await ClaimsAsync());

        await FinishesAsync();

        // Hours on the way, and here it is: what it would create is there, so it changes nothing.
        Assert.Contains(" 400 ", await held.ReleaseAsync(), StringComparison.Ordinal);
        Assert.Equal(2, network.AcceptedChanges);
    }

    private async Task DieAtAsync(HeldMessage held)
    {
        using var agent = desk.StartAgent("sync", "--checksum", checksum, "--json", "--endpoint-url", network.Url);
        await agent.UntilAsync(() => held.IsHere);
        await agent.DieAsync();
    }

    private async Task FinishesAsync()
    {
        var results = (await Sync("--checksum", checksum)).Ended(0).Json.EnumerateArray().ToArray();

        Assert.Equal(Sites, results.Length);
        Assert.All(results, static result => Assert.Equal("Applied", result.GetProperty("outcome").GetString()));
        Assert.Equal(Sites, await ClaimsAsync());
        Assert.Equal(0, (await Sync("--what-if")).Ended(0).Single.GetProperty("changes").GetArrayLength());
    }

    private Task<ProgramRun> Sync(params string[] more) => desk.AgentAsync(["sync", "--json", "--endpoint-url", network.Url, .. more]);

    private async Task<int> ClaimsAsync() => (await fleet.ZoneAsync()).Count(static set => set.Name.StartsWith("_hostingops-owner.", StringComparison.Ordinal));
}
