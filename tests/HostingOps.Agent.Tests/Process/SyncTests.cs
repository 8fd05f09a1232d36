using HostingOps.Agent.ExitCodes;

namespace HostingOps.Agent.Tests.Process;

public sealed class SyncTests
{
    [Fact]
    public async Task A_deployment_gets_its_record_where_nobody_can_be_asked_and_finds_it_there_the_next_time()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        await AddAsync(rehearsal, "shop");

        var made = (await rehearsal.RunAsync("sync", "shop", "--json")).Ended(ExitCode.Success);
        var again = (await rehearsal.RunAsync("sync", "shop", "--json")).Ended(ExitCode.Success);

        var result = Assert.Single(made.Json.EnumerateArray());
        Assert.Equal(("shop.sites.example.net", "Create", "Applied"), (result.GetProperty("record").GetString(), result.GetProperty("action").GetString(), result.GetProperty("outcome").GetString()));
        Assert.Equal(0, again.Json.GetArrayLength());
        Assert.Contains("The way back: hostingops sync --undo", (await RunWithNewSiteAsync(rehearsal, "cafe")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_reviewed_and_that_one_is_carried_out_and_no_other()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        await AddAsync(rehearsal, "shop");
        var plan = Assert.Single((await rehearsal.RunAsync("sync", "--what-if", "--json")).Ended(ExitCode.Success).Json.EnumerateArray());
        var checksum = plan.GetProperty("checksum").GetString()!;
        var shown = (await rehearsal.RunAsync("sync", "--what-if")).Ended(ExitCode.Success).Out;
        Assert.Contains(checksum, shown, StringComparison.Ordinal);
        Assert.Contains("left alone: 2 Stranger", shown, StringComparison.Ordinal);

        await AddAsync(rehearsal, "cafe");
        var other = (await rehearsal.RunAsync("sync", "--checksum", checksum, "--json")).Ended(ExitCode.Conflict);
        var same = (await rehearsal.RunAsync("sync", "shop", "--checksum", checksum, "--json")).Ended(ExitCode.Success);

        Assert.Equal("ZoneChangeRefused", other.ErrorJson.GetProperty("id").GetString());
        Assert.Contains(checksum, other.ErrorJson.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Single(same.Json.EnumerateArray());
    }

    [Fact]
    public async Task What_takes_something_away_is_confirmed_and_stays_within_the_limits()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        await WriteAsync(rehearsal, static yaml => "owner: agency\nsync: { maxChanges: 1, maxPercent: 100 }\n" + yaml);
        (await rehearsal.RunAsync("sync", "--adopt", "*", "--json")).Ended(ExitCode.Success);
        await WriteAsync(rehearsal, static yaml => yaml.Replace("  ttl: 60", "  ttl: 90", StringComparison.Ordinal));

        var unasked = (await rehearsal.RunAsync("sync", "--json")).Ended(ExitCode.Refused);
        Assert.Equal("ZoneChangeRefused", unasked.ErrorJson.GetProperty("id").GetString());
        Assert.Equal("ConfirmationRequired", (await rehearsal.RunAsync("sync", "acme", "--json")).Ended(ExitCode.Usage).ErrorJson.GetProperty("id").GetString());
        (await rehearsal.RunAsync("sync", "--what-if")).Ended(ExitCode.Refused);

        var results = (await rehearsal.RunAsync("sync", "--yes", "--override", "changecount", "--json")).Ended(ExitCode.Success).Json.EnumerateArray().ToArray();
        Assert.Equal(2, results.Length);
        var operation = results[0].GetProperty("operationId").GetString()!;
        Assert.Equal(2, (await rehearsal.RunAsync("sync", "--undo", operation, "--yes", "--override", "ChangeCount", "--json")).Ended(ExitCode.Success).Json.GetArrayLength());
    }

    [Fact]
    public async Task A_site_whose_record_is_anothers_is_refused_with_4()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        await AddAsync(rehearsal, "shop");
        (await rehearsal.RunAsync("sync", "shop")).Ended(ExitCode.Success);
        await WriteAsync(rehearsal, static yaml => yaml.Replace("owner: agency", "owner: partner", StringComparison.Ordinal));

        var refused = (await rehearsal.RunAsync("sync", "shop", "--json")).Ended(ExitCode.Refused);

        Assert.Equal("SiteNotSynced", refused.ErrorJson.GetProperty("id").GetString());
        Assert.Equal(0, refused.Json.GetArrayLength());
        (await rehearsal.RunAsync("sync", "shop", "--what-if")).Ended(ExitCode.Refused);
    }

    [Fact]
    public async Task Without_an_owner_or_with_a_wrong_checksum_the_command_line_is_wrong()
    {
        await using var rehearsal = await Rehearsal.StartAsync();

        Assert.Equal("OwnerMissing", (await rehearsal.RunAsync("sync", "--json")).Ended(ExitCode.Usage).ErrorJson.GetProperty("id").GetString());
        (await rehearsal.RunAsync("sync", "--checksum", "abc")).Ended(ExitCode.Usage);
        (await rehearsal.RunAsync("sync", "acme", "--undo", "01")).Ended(ExitCode.Usage);
    }

    private static async Task<AgentRun> RunWithNewSiteAsync(Rehearsal rehearsal, string site)
    {
        await AddAsync(rehearsal, site);
        return (await rehearsal.RunAsync("sync", site)).Ended(ExitCode.Success);
    }

    private static Task AddAsync(Rehearsal rehearsal, string site) => WriteAsync(rehearsal, yaml =>
        (yaml.Contains("owner:", StringComparison.Ordinal) ? "" : "owner: agency\n")
        + yaml.Replace("sites:\n", $"sites:\n  {site}: {{ domain: {site}.example, primary: do-1, secondary: li-1 }}\n", StringComparison.Ordinal));

    private static async Task WriteAsync(Rehearsal rehearsal, Func<string, string> edit)
    {
        var path = rehearsal.Sandbox.InventoryPath;
        await File.WriteAllTextAsync(path, edit(await File.ReadAllTextAsync(path)));
    }
}
