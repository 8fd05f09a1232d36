using HostingOps.Agent.ExitCodes;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Process;

public sealed class FailoverTests
{
    [Fact]
    public async Task A_site_fails_over_is_in_the_history_and_comes_back_by_undo()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        rehearsal.Sandbox.StopHost("do-1");

        var moved = (await rehearsal.RunAsync("failover", "acme", "--yes")).Ended(ExitCode.Success);
        Assert.Contains("acme: failover from do-1 to li-1", moved.Out, StringComparison.Ordinal);
        Assert.Contains("acme: Succeeded.", moved.Out, StringComparison.Ordinal);
        Assert.Contains("The way back: hostingops undo ", moved.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', moved.Out + moved.Error);

        var entry = Assert.Single((await rehearsal.RunAsync("history", "--json")).Ended(ExitCode.Success).Json.EnumerateArray());
        Assert.Equal("Succeeded", entry.GetProperty("outcome").GetString());
        var operation = entry.GetProperty("operationId").GetString()!;
        Assert.Contains($"hostingops undo {operation} --inventory {rehearsal.Sandbox.InventoryPath}", moved.Out, StringComparison.Ordinal);

        rehearsal.Sandbox.StartHost("do-1");
        var back = (await rehearsal.RunAsync("undo", operation, "--yes", "--json")).Ended(ExitCode.Success);
        var result = Assert.Single(back.Json.EnumerateArray());
        Assert.Equal("Undo", result.GetProperty("kind").GetString());
        Assert.Equal("do-1", result.GetProperty("to").GetString());
    }

    [Fact]
    public async Task What_if_shows_the_plan_and_changes_nothing()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        rehearsal.Sandbox.StopHost("do-1");

        var plan = Assert.Single((await rehearsal.RunAsync("failover", "acme", "--what-if", "--json")).Ended(ExitCode.Success).Json.EnumerateArray());

        Assert.True(plan.GetProperty("allowed").GetBoolean());
        Assert.Contains(plan.GetProperty("gates").EnumerateArray(), static gate =>
            gate.GetProperty("name").GetString() == "ActiveDown" && gate.GetProperty("outcome").GetString() == "Passed");
        Assert.Empty((await rehearsal.RunAsync("history", "--json")).Json.EnumerateArray());
        (await rehearsal.RunAsync("check", "acme")).Ended(ExitCode.Down);
    }

    [Fact]
    public async Task A_site_whose_host_lives_is_refused_by_its_gate_with_4()
    {
        await using var rehearsal = await Rehearsal.StartAsync();

        var run = (await rehearsal.RunAsync("failover", "acme", "--yes")).Ended(ExitCode.Refused);

        Assert.Contains("acme: failover from do-1 to li-1 - REFUSED", run.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing will be changed: ActiveDown.", run.Out, StringComparison.Ordinal);
        (await rehearsal.RunAsync("failover", "acme", "--what-if")).Ended(ExitCode.Refused);
    }

    [Fact]
    public async Task Down_moves_only_the_sites_whose_live_host_is_down()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        Assert.Contains("nothing to do", (await rehearsal.RunAsync("failover", "--down", "--yes")).Ended(ExitCode.Success).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await rehearsal.RunAsync("failover", "--down", "--yes", "--json")).Ended(ExitCode.Success).Json.GetArrayLength());

        rehearsal.Sandbox.StopHost("li-1");
        var run = (await rehearsal.RunAsync("failover", "--down", "--yes", "--json")).Ended(ExitCode.Success);

        var result = Assert.Single(run.Json.EnumerateArray());
        Assert.Equal("bakery", result.GetProperty("siteName").GetString());
        Assert.Equal("Succeeded", result.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_planned_switch_moves_a_healthy_site_to_the_host_named()
    {
        await using var rehearsal = await Rehearsal.StartAsync();

        var run = (await rehearsal.RunAsync("failover", "acme", "--planned", "--to", "li-1", "--yes", "--json")).Ended(ExitCode.Success);

        Assert.Equal("Switchover", Assert.Single(run.Json.EnumerateArray()).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_second_failover_within_the_cooldown_needs_an_override_by_name()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        (await rehearsal.RunAsync("failover", "acme", "--planned", "--yes")).Ended(ExitCode.Success);

        (await rehearsal.RunAsync("failover", "acme", "--planned", "--yes")).Ended(ExitCode.Refused);
        (await rehearsal.RunAsync("failover", "acme", "--planned", "--yes", "--override", "cooldown", "--reason", "a test")).Ended(ExitCode.Success);

        var newest = (await rehearsal.RunAsync("history", "--json", "--first", "1")).Json.EnumerateArray().Single();
        Assert.Contains("a test", newest.GetProperty("overrides").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_operation_is_named()
    {
        await using var rehearsal = await Rehearsal.StartAsync();

        var undo = (await rehearsal.RunAsync("undo", "nosuch", "--yes", "--json")).Ended(ExitCode.Error);
        var resume = (await rehearsal.RunAsync("resume", "nosuch")).Ended(ExitCode.Error);

        Assert.Equal("OperationNotFound", undo.ErrorJson.GetProperty("id").GetString());
        Assert.StartsWith("hostingops: OperationNotFound: ", resume.Error, StringComparison.Ordinal);
        Assert.Contains("`hostingops history", resume.Error, StringComparison.Ordinal);
        Assert.Contains("nothing to finish", (await rehearsal.RunAsync("resume")).Ended(ExitCode.Success).Out, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("after", 6, "SwitchedWithWarnings", "HookFailed")]
    [InlineData("promote", 1, "Failed", "HookFailed")]
    public async Task A_hook_that_fails_shows_in_the_exit_code_by_what_it_left(string stage, int code, string outcome, string errorId)
    {
        var program = RealPart.Require("false");
        await using var rehearsal = await Rehearsal.StartAsync($", hooks: {{ {stage}: [[\"{program}\"]] }}");
        rehearsal.Sandbox.StopHost("do-1");

        var run = (await rehearsal.RunAsync("failover", "acme", "--yes", "--json")).Ended((ExitCode)code);

        var result = Assert.Single(run.Json.EnumerateArray());
        Assert.Equal(outcome, result.GetProperty("outcome").GetString());
        Assert.Equal(errorId, result.GetProperty("errorId").GetString());
    }

    [SkippableFact]
    public async Task Of_two_agents_at_one_site_the_second_has_a_conflict_with_5()
    {
        using var signs = new TemporaryFolder();
        await using var rehearsal = await Rehearsal.StartAsync(WaitingHook(signs));
        rehearsal.Sandbox.StopHost("do-1");
        using var first = rehearsal.Start("failover", "acme", "--yes", "--json");
        await Eventually(() => File.Exists(signs.Combine("begun")));

        var second = (await rehearsal.RunAsync("failover", "acme", "--yes", "--json")).Ended(ExitCode.Conflict);

        File.WriteAllText(signs.Combine("go"), "");
        Assert.Equal("SiteBusy", Assert.Single(second.Json.EnumerateArray()).GetProperty("errorId").GetString());
        (await first.EndAsync()).Ended(ExitCode.Success);
    }

    [SkippableFact]
    public async Task A_signal_stops_at_a_known_place_names_the_way_on_and_resume_finishes()
    {
        var kill = RealPart.Require("kill");
        using var signs = new TemporaryFolder();
        await using var rehearsal = await Rehearsal.StartAsync(WaitingHook(signs));
        rehearsal.Sandbox.StopHost("do-1");

        using var agent = rehearsal.Start("failover", "acme", "--yes", "--json");
        await Eventually(() => File.Exists(signs.Combine("begun")));

        // Not SIGINT, which a background job may have been started to ignore; the agent treats both alike.
        using (var signal = System.Diagnostics.Process.Start(kill, ["-TERM", agent.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync();
        }

        var run = (await agent.EndAsync()).Ended(ExitCode.Interrupted);
        Assert.Equal(0, run.Json.GetArrayLength());
        Assert.Equal("Interrupted", run.ErrorJson.GetProperty("id").GetString());
        var operation = run.ErrorJson.GetProperty("target").GetString()!;
        Assert.Contains($"hostingops resume {operation}", run.ErrorJson.GetProperty("recommendedAction").GetString(), StringComparison.Ordinal);
        var open = Assert.Single((await rehearsal.RunAsync("history", "--resumable", "--json")).Json.EnumerateArray());
        Assert.Equal(operation, open.GetProperty("operationId").GetString());

        File.WriteAllText(signs.Combine("go"), "");
        var resumed = (await rehearsal.RunAsync("resume", operation, "--json")).Ended(ExitCode.Success);
        Assert.Equal("Succeeded", Assert.Single(resumed.Json.EnumerateArray()).GetProperty("outcome").GetString());
    }

    // Says that it has begun, and waits until it may go on.
    private static string WaitingHook(TemporaryFolder signs)
    {
        var script = $"touch {signs.Combine("begun")}; until test -e {signs.Combine("go")}; do sleep 0.1; done";
        return $", hooks: {{ promote: [{{ run: [\"{RealPart.Require("sh")}\", \"-c\", \"{script}\"], timeout: 120s }}] }}";
    }

    private static async Task Eventually(Func<bool> condition)
    {
        var limit = DateTime.UtcNow.AddSeconds(60);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < limit, "It did not happen within 60 s.");
            await Task.Delay(50);
        }
    }
}
