using HostingOps.Agent.ExitCodes;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Process;

public sealed class UsageTests : IDisposable
{
    private readonly TemporaryFolder home = new();

    public void Dispose() => home.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("failover")]
    [InlineData("undo")]
    [InlineData("resume")]
    [InlineData("history")]
    [InlineData("sync")]
    [InlineData("drill")]
    public async Task Help_of_each_command_shows_examples_and_exit_codes(string command)
    {
        var run = (await AgentProcess.RunAsync(home, command, "--help")).Ended(ExitCode.Success);

        Assert.Contains("Examples:\n  hostingops " + command, run.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("  130  interrupted", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n'), static line => Assert.True(line.TrimEnd('\r').Length <= 100, line));
    }

    [Fact]
    public async Task Version_is_the_products_version_alone()
    {
        var run = (await AgentProcess.RunAsync(home, "--version")).Ended(ExitCode.Success);

        Assert.Matches(@"^\d+\.\d+\.\d+\r?\n$", run.Out);
    }

    [Theory]
    [InlineData("No command is given")]
    [InlineData("Did you mean 'check'?", "chek")]
    [InlineData("No site is named", "failover", "--yes")]
    [InlineData("Did you mean '--what-if'?", "failover", "--what-iff", "acme")]
    [InlineData("--down and --all exclude each other", "failover", "--down", "--all")]
    [InlineData("--all is given as well", "failover", "acme", "--all")]
    [InlineData("give one of them", "failover", "--down", "--planned")]
    [InlineData("needs --reason", "failover", "acme", "--override", "Cooldown")]
    [InlineData("Did you mean 'Cooldown'?", "failover", "acme", "--override", "Cooldwn", "--reason", "x")]
    [InlineData("whole number from 1", "check", "--throttle", "0")]
    [InlineData("whole number from 1", "check", "--throttle", "many")]
    [InlineData("'3' is none of Active", "check", "--target", "3")]
    [InlineData("a time such as", "history", "--since", "yesterday")]
    [InlineData("Neither an operation nor a site", "undo", "--yes")]
    public async Task A_wrong_command_line_is_one_line_on_stderr_and_exits_with_2(string said, params string[] arguments)
    {
        var run = (await AgentProcess.RunAsync(home, arguments)).Ended(ExitCode.Usage);

        Assert.Empty(run.Out);
        Assert.StartsWith("hostingops: InvalidArgument: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_a_failover_without_yes_is_refused_before_anything_is_read()
    {
        var run = (await AgentProcess.RunAsync(home, "failover", "acme", "--inventory", "nowhere.yml")).Ended(ExitCode.Usage);

        Assert.Contains("ConfirmationRequired", run.Error, StringComparison.Ordinal);
        Assert.Contains("--yes", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_inventory_is_named_with_its_error_id()
    {
        var run = (await AgentProcess.RunAsync(home, "check", "--inventory", "nowhere.yml")).Ended(ExitCode.Error);

        Assert.StartsWith("hostingops: InventoryNotFound: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(home.Combine("nowhere.yml"), run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task A_missing_inventory_is_a_json_object_on_stderr_when_json_is_asked_for()
    {
        var error = (await AgentProcess.RunAsync(home, "check", "--json", "--inventory", "nowhere.yml")).Ended(ExitCode.Error).ErrorJson;

        Assert.Equal("InventoryNotFound", error.GetProperty("id").GetString());
        Assert.Equal("ObjectNotFound", error.GetProperty("category").GetString());
        Assert.Equal(home.Combine("nowhere.yml"), error.GetProperty("target").GetString());
        Assert.Contains("--inventory", error.GetProperty("recommendedAction").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_inventory_is_told_with_its_line_and_column()
    {
        home.Write("hosting.yml", "version: 1\nzone: sites.example.net\nhosts:\n  do-1: { provider: x, adress: 203.0.113.10 }\nsites: {}\n");

        var run = (await AgentProcess.RunAsync(home, "check")).Ended(ExitCode.Error);

        Assert.StartsWith("hostingops: InventoryInvalid: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("4:", run.Error, StringComparison.Ordinal);
        Assert.Contains("adress", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_needs_no_inventory_and_is_an_empty_array_on_a_new_machine()
    {
        var run = (await AgentProcess.RunAsync(home, "history", "--json")).Ended(ExitCode.Success);

        Assert.Equal(0, run.Json.GetArrayLength());
    }

    [Fact]
    public async Task History_of_the_redirector_too_and_not_of_sites()
    {
        Assert.Equal(0, (await AgentProcess.RunAsync(home, "history", "--apex", "--json")).Ended(ExitCode.Success).Json.GetArrayLength());
        Assert.Contains("nothing of that kind", (await AgentProcess.RunAsync(home, "history", "--apex")).Ended(ExitCode.Success).Out, StringComparison.Ordinal);
        Assert.Contains("With --apex no sites are named", (await AgentProcess.RunAsync(home, "history", "acme", "--apex")).Ended(ExitCode.Usage).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_database_that_is_none_is_an_error_by_id()
    {
        home.Write("state.db", new string('x', 8192));

        var run = (await AgentProcess.RunAsync(home, "history", "--json")).Ended(ExitCode.Error);

        Assert.Equal("StateCorrupt", run.ErrorJson.GetProperty("id").GetString());
    }
}
