using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.Samples;

/// <summary>The sample check on a schedule: what it says, what it exits with, and that it moves nothing unasked.</summary>
public sealed class SiteCheckTests : IDisposable
{
    private readonly CheckDesk desk = new();

    public void Dispose() => desk.Dispose();

    [SkippableFact]
    public async Task Healthy_sites_are_no_finding_and_0_and_the_log_has_what_stdout_has()
    {
        await using var fleet = await Fleet.StartAsync();

        var run = await desk.CheckAsync(0, "-InventoryPath", fleet.Sandbox.InventoryPath, "-LogPath", desk.Home.Combine("logs/check.log"));

        Assert.Equal(["begin", "run"], run.Lines.Select(static line => line.GetProperty("event").GetString()));
        Assert.Equal(2, run.Summary.GetProperty("healthy").GetInt32());
        Assert.Equal(run.Program.Out.ReplaceLineEndings("\n"), (await File.ReadAllTextAsync(desk.Home.Combine("logs/check.log"))).ReplaceLineEndings("\n"));
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("tr_TR.UTF-8")]
    [InlineData("ar_SA.UTF-8")]
    public async Task A_dead_host_is_3_with_the_very_command_that_moves_its_site_and_nothing_is_moved(string locale)
    {
        desk.Environ["LC_ALL"] = locale;
        await using var fleet = await Fleet.StartAsync();
        fleet.Sandbox.StopHost("do-1");
        var before = await fleet.ZoneAsync();

        var run = await desk.CheckAsync(3, "-InventoryPath", fleet.Sandbox.InventoryPath);

        Assert.Equal(before.Select(static set => set.ToString()), (await fleet.ZoneAsync()).Select(static set => set.ToString()));
        var acme = run.Site("acme");
        Assert.Equal("Down", acme.GetProperty("status").GetString());
        Assert.True(acme.GetProperty("allowed").GetBoolean());
        var command = acme.GetProperty("command").GetString()!;
        (await desk.TypeAsync($"{command} -Confirm:$false")).Ended(0);
        Assert.Equal(Fleet.Secondary, await fleet.AcmeAsync());
        await desk.CheckAsync(0, "-InventoryPath", fleet.Sandbox.InventoryPath);
    }

    [SkippableFact]
    public async Task A_site_that_answers_when_it_is_asked_again_is_not_down_but_7()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Sandbox.StopHost("do-1");

        // The module with a pause between the first look and the second.
        using var paused = new TemporaryFolder();
        paused.Write("HostingOps.psm1", $$"""
            $real = Import-Module '{{desk.Home.Combine("modules/HostingOps/HostingOps.psd1")}}' -PassThru -Force
            function Test-SiteHealth {
                [CmdletBinding()] param($InventoryPath)
                & $real.ExportedCommands['Test-SiteHealth'] -InventoryPath $InventoryPath
                New-Item '{{paused.Combine("looked")}}' -ItemType File
                while (-not (Test-Path '{{paused.Combine("back")}}')) { Start-Sleep -Milliseconds 30 }
            }
            """.Replace("New-Item", "$null = New-Item", StringComparison.Ordinal));
        using var other = new CheckDesk(paused.Path);
        using var running = other.Start("-InventoryPath", fleet.Sandbox.InventoryPath);
        await running.UntilAsync(() => File.Exists(paused.Combine("looked")));
        fleet.Sandbox.StartHost("do-1");
        paused.Write("back", "");

        var run = CheckDesk.Judged(await running.EndAsync(), 7);

        Assert.Equal("Unknown", run.Site("acme").GetProperty("status").GetString());
        Assert.StartsWith("Down at first, then: ", run.Site("acme").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.False(run.Site("acme").TryGetProperty("command", out _));
    }

    [SkippableFact]
    public async Task With_move_a_dead_hosts_sites_are_moved_and_it_is_11_with_the_way_back()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Sandbox.StopHost("do-1");

        var run = await desk.CheckAsync(11, "-InventoryPath", fleet.Sandbox.InventoryPath, "-Move");

        Assert.Equal(Fleet.Secondary, await fleet.AcmeAsync());
        var move = Assert.Single(run.Of("move"));
        Assert.Equal("Succeeded", move.GetProperty("outcome").GetString());
        fleet.Sandbox.StartHost("do-1");
        (await desk.TypeAsync($"{move.GetProperty("command").GetString()} -Confirm:$false")).Ended(0);
        Assert.Equal(Fleet.Primary, await fleet.AcmeAsync());
    }

    [SkippableFact]
    public async Task What_a_gate_refuses_is_3_with_the_gate_and_4_when_it_was_to_be_moved()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Sandbox.StopHost("do-1");
        fleet.Sandbox.StopHost("li-1");

        var looked = await desk.CheckAsync(3, "-InventoryPath", fleet.Sandbox.InventoryPath, "-Name", "acme");
        var moved = await desk.CheckAsync(4, "-InventoryPath", fleet.Sandbox.InventoryPath, "-Name", "acme", "-Move");

        Assert.Contains(looked.Site("acme").GetProperty("refusedBy").EnumerateArray(), static gate => gate.GetString()!.StartsWith("StandbyHealthy", StringComparison.Ordinal));
        Assert.False(moved.Site("acme").GetProperty("allowed").GetBoolean());
        Assert.Equal(Fleet.Primary, await fleet.AcmeAsync());
    }

    [SkippableFact]
    public async Task A_broken_a_missing_and_an_empty_inventory_are_10_with_each_finding()
    {
        var broken = desk.Home.Write("broken.yml", """
            version: 1
            zone: sites.example.net
            hosts: { one: { provider: a, address: 203.0.113.10 } }
            sites: { acme: { domain: acme.example, primary: one, secondary: two, ttl: never } }
            """);

        var run = await desk.CheckAsync(10, "-InventoryPath", broken);
        var missing = await desk.CheckAsync(10, "-InventoryPath", desk.Home.Combine("nowhere.yml"));
        var empty = await desk.CheckAsync(10, "-InventoryPath", desk.Home.Write("empty.yml", ""));

        Assert.True(run.Of("inventory").Count() >= 2, run.Program.Out);
        Assert.All(run.Of("inventory"), static finding => Assert.Equal(4, finding.GetProperty("line").GetInt32()));
        Assert.Equal("InventoryNotFound", Assert.Single(missing.Of("error")).GetProperty("id").GetString());
        Assert.NotEmpty(empty.Of("inventory"));
    }

    [SkippableFact]
    public async Task An_AWS_that_can_not_be_reached_is_1_and_says_so_in_the_log_and_the_summary()
    {
        await using var fleet = await Fleet.StartAsync();
        var inventory = (await File.ReadAllTextAsync(fleet.Sandbox.InventoryPath)).Replace(fleet.Sandbox.EndpointUrl, "http://127.0.0.1:9", StringComparison.Ordinal);
        var (log, summary) = (desk.Home.Combine("check.log"), desk.Home.Combine("summary.md"));

        var run = await desk.CheckAsync(1, "-InventoryPath", desk.Home.Write("far.yml", inventory), "-LogPath", log, "-SummaryPath", summary);

        Assert.Equal("AwsEndpointUnreachable", Assert.Single(run.Of("error")).GetProperty("id").GetString());
        Assert.Contains("AwsEndpointUnreachable", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
        Assert.Contains("could not be checked", await File.ReadAllTextAsync(summary), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_state_database_that_can_not_be_read_is_1_and_still_says_who_is_down()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Sandbox.StopHost("do-1");
        await File.WriteAllTextAsync(desk.StatePath, new string('x', 8192));

        var run = await desk.CheckAsync(1, "-InventoryPath", fleet.Sandbox.InventoryPath, "-Move");

        Assert.Equal("StateCorrupt", run.Of("error").First().GetProperty("id").GetString());
        Assert.Equal("Down", run.Site("acme").GetProperty("status").GetString());
        Assert.Equal(Fleet.Primary, await fleet.AcmeAsync());
    }

    [SkippableFact]
    public async Task A_site_that_somebody_else_works_on_is_5_and_left_alone()
    {
        RealPart.Require("sh");
        await using var fleet = await Fleet.StartAsync("120s");
        fleet.Sandbox.StopHost("do-1");
        fleet.Hold("promote");
        using var first = desk.Start("-InventoryPath", fleet.Sandbox.InventoryPath, "-Move");
        await first.UntilAsync(() => fleet.HookRuns.Contains("promote"));

        var run = await desk.CheckAsync(5, "-InventoryPath", fleet.Sandbox.InventoryPath, "-Move");

        Assert.Equal(Fleet.Primary, await fleet.AcmeAsync());
        Assert.Equal("Conflict", Assert.Single(run.Of("move")).GetProperty("outcome").GetString());
        fleet.LetGo("promote");
        CheckDesk.Judged(await first.EndAsync(), 11);
    }

    [SkippableFact]
    public async Task A_move_that_is_interrupted_is_130_at_a_known_place_and_the_next_check_is_free_to_go_on()
    {
        var kill = RealPart.Require("kill");
        RealPart.Require("sh");
        await using var fleet = await Fleet.StartAsync("120s");
        fleet.Sandbox.StopHost("do-1");
        fleet.Hold("promote");
        var log = desk.Home.Combine("check.log");
        using var running = RunningProgram.Start(
            RealPart.Require("sh"),
            ["-c", $"echo $$ > '{desk.Home.Combine("pid")}'; exec \"$@\"", "sh", RealPart.Require("pwsh"), "-NoProfile", "-NonInteractive", "-File", CheckDesk.Script, "-InventoryPath", fleet.Sandbox.InventoryPath, "-Move", "-LogPath", log],
            desk.Home.Path,
            desk.Environ);
        await running.UntilAsync(() => fleet.HookRuns.Contains("promote"));

        using var sent = RunningProgram.Start(kill, ["-INT", (await File.ReadAllTextAsync(desk.Home.Combine("pid"))).Trim()], desk.Home.Path, new Dictionary<string, string>());
        (await sent.EndAsync()).Ended(0);
        (await running.EndAsync()).Ended(130);

        Assert.Equal(Fleet.Primary, await fleet.AcmeAsync());
        Assert.DoesNotContain("\"run\"", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
        fleet.LetGo("promote");
        (await desk.TypeAsync($"Resume-SiteFailover -InventoryPath '{fleet.Sandbox.InventoryPath}' -Confirm:$false -ErrorAction Stop")).Ended(0);
        Assert.Equal(Fleet.Secondary, await fleet.AcmeAsync());
    }

    [SkippableFact]
    public async Task Names_that_fit_no_site_are_1()
    {
        await using var fleet = await Fleet.StartAsync();

        var run = await desk.CheckAsync(1, "-InventoryPath", fleet.Sandbox.InventoryPath, "-Name", "acmee");

        Assert.Equal("SiteNotFound", Assert.Single(run.Of("error")).GetProperty("id").GetString());
    }
}
