using System.Text.Json;
using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests;

/// <summary>
/// The main job once with nothing of ours around it: real web servers, an AWS emulator that others wrote, and the aws CLI
/// to read the results back.
/// </summary>
public sealed class NothingOfOursTests
{
    [SkippableFact]
    public async Task The_agent_fails_a_site_over_and_a_cmdlet_takes_it_back()
    {
        RealPart.Require("pwsh");
        await using var world = await RealWorld.StartAsync();
        (await world.Desk.AgentAsync("check")).Ended(0);
        (await world.Desk.AgentAsync("failover", "acme", "--yes")).Ended(4);
        Assert.Equal(RealWorld.First, await world.ReadBackAsync());

        world.StopFirstHost();
        (await world.Desk.AgentAsync("check")).Ended(3);
        var moved = (await world.Desk.AgentAsync("failover", "acme", "--yes", "--json")).Ended(0).Single;

        Assert.Equal(("Succeeded", "second"), (Text(moved, "outcome"), Text(moved, "to")));
        Assert.Contains("the name servers were not asked", Text(moved, "reason"), StringComparison.Ordinal);
        Assert.Equal(RealWorld.Second, await world.ReadBackAsync());
        var marker = Assert.Single(await AwsCli.ReadAsync(world.EndpointUrl, world.ZoneId, "_hostingops." + RealWorld.Zone, "TXT"));
        Assert.Contains($"op={Text(moved, "operationId")} ", marker, StringComparison.Ordinal);
        (await world.Desk.AgentAsync("check")).Ended(0);

        await world.StartFirstHostAsync();
        var undone = (await world.Desk.PowerShellAsync($"Undo-SiteFailover -OperationId {Text(moved, "operationId")} -Confirm:$false | ConvertTo-Json -EnumsAsStrings -Depth 6"))
            .Ended(0).Json;

        Assert.Equal(("Undo", "Succeeded", "first"), (Text(undone, "Kind"), Text(undone, "Outcome"), Text(undone, "To")));
        Assert.Equal(RealWorld.First, await world.ReadBackAsync());
    }

    [SkippableFact]
    public async Task A_cmdlet_fails_a_site_over_and_the_agent_takes_it_back()
    {
        RealPart.Require("pwsh");
        await using var world = await RealWorld.StartAsync();
        world.StopFirstHost();

        var moved = (await world.Desk.PowerShellAsync("""
            $down = Get-HostedSite | Test-SiteHealth | Where-Object Status -EQ Down
            $result = Invoke-SiteFailover acme -Confirm:$false
            [pscustomobject]@{ Down = @($down.SiteName); Result = $result; After = @((Get-HostedSite | Test-SiteHealth).Status) } |
                ConvertTo-Json -EnumsAsStrings -Depth 6
            """)).Ended(0).Json;

        Assert.Equal(["acme"], moved.GetProperty("Down").EnumerateArray().Select(static name => name.GetString()));
        Assert.Equal(["Healthy"], moved.GetProperty("After").EnumerateArray().Select(static status => status.GetString()));
        var result = moved.GetProperty("Result");
        Assert.Equal(("Succeeded", "second"), (Text(result, "Outcome"), Text(result, "To")));
        Assert.Equal(RealWorld.Second, await world.ReadBackAsync());

        await world.StartFirstHostAsync();
        var undone = (await world.Desk.AgentAsync("undo", Text(result, "OperationId"), "--yes", "--json")).Ended(0).Single;

        Assert.Equal(("Undo", "Succeeded", "first"), (Text(undone, "kind"), Text(undone, "outcome"), Text(undone, "to")));
        Assert.Equal(RealWorld.First, await world.ReadBackAsync());
        Assert.Equal(["Undo", "Failover"], (await world.Desk.HistoryAsync()).EnumerateArray().Select(static entry => Text(entry, "kind")));
    }

    [SkippableFact]
    public async Task A_name_server_that_still_answers_the_old_address_leaves_the_switch_unproven()
    {
        await using var world = await RealWorld.StartAsync(nameServer: true);
        world.StopFirstHost();

        var run = (await world.Desk.AgentAsync("failover", "acme", "--yes", "--json", "--verify-timeout", "3")).Ended(6);

        Assert.Equal(("SwitchedWithWarnings", "VerificationFailed"), (Text(run.Single, "outcome"), Text(run.Single, "errorId")));
        Assert.Contains(
            $"Expected A {RealWorld.Second} (TTL 60); {world.NameServer}: A {RealWorld.First} (TTL 60)", Text(run.Single, "reason"), StringComparison.Ordinal);
        Assert.Equal(RealWorld.Second, await world.ReadBackAsync());
        Assert.Equal("SwitchedWithWarnings", Text(Assert.Single((await world.Desk.HistoryAsync()).EnumerateArray()), "outcome"));
    }

    private static string Text(JsonElement item, string property) => item.GetProperty(property).GetString()!;
}
