using System.Runtime.CompilerServices;
using System.Text.Json;
using HostingOps.Agent.Commands;
using HostingOps.Agent.ExitCodes;
using HostingOps.Engine.Failover;

namespace HostingOps.Agent.Tests.Commands;

public sealed class PlannedChangeTests
{
    private readonly List<SiteFailoverPlan> invoked = [];
    private IReadOnlyList<FailoverHistoryEntry> open = [];
    private Exception? breaksOff;

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    [InlineData("n\n")]
    [InlineData("yess\n")]
    public async Task Anything_but_yes_is_no_and_changes_nothing(string typed)
    {
        var terminal = new FakeTerminal(typed);

        Assert.Equal(ExitCode.Refused, await Run(terminal.Context(), yes: false, Samples.Plan()));

        Assert.Empty(invoked);
        Assert.Contains("Move acme from do-1 to li-1? [y/N] ", terminal.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("Not confirmed; nothing was changed.", terminal.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n")]
    [InlineData(" YES \n")]
    public async Task Yes_carries_the_plan_out_and_says_the_way_back(string typed)
    {
        var terminal = new FakeTerminal(typed);

        Assert.Equal(ExitCode.Success, await Run(terminal.Context(), yes: false, Samples.Plan()));

        Assert.Single(invoked);
        Assert.Contains("The way back: hostingops undo op-1 --profile agency", terminal.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_question_says_how_many_are_refused()
    {
        var terminal = new FakeTerminal("n\n");

        await Run(terminal.Context(), yes: false, Samples.Plan("acme"), Samples.Plan("blog", GateOutcome.Refused));

        Assert.Contains("Move acme from do-1 to li-1 (1 of 2 refused)? [y/N] ", terminal.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_asked_when_every_plan_is_refused()
    {
        var terminal = new FakeTerminal();

        await Run(terminal.Context(), yes: false, Samples.Plan("acme", GateOutcome.Refused));

        Assert.DoesNotContain("[y/N]", terminal.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_the_plan_and_the_question_go_to_stderr_and_stdout_stays_one_document()
    {
        var terminal = new FakeTerminal("n\n");

        await Run(terminal.Context(json: true), yes: false, Samples.Plan());

        Assert.Equal("[]\n", terminal.Out.ToString());
        Assert.Contains("acme: failover from do-1 to li-1", terminal.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("[y/N]", terminal.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_operation_is_named_with_the_command_that_finishes_it()
    {
        breaksOff = new OperationCanceledException();
        open = [Entry()];

        var terminal = new FakeTerminal();

        Assert.Equal(ExitCode.Interrupted, await Run(terminal.Context(json: true), yes: true, Samples.Plan()));

        var error = ErrorOf(terminal);
        Assert.Equal(ErrorIds.Interrupted, error.GetProperty("id").GetString());
        Assert.Equal("op-1", error.GetProperty("target").GetString());
        Assert.Contains("acme (last step Switch)", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("To finish: hostingops resume op-1 --profile agency", error.GetProperty("recommendedAction").GetString());
    }

    [Fact]
    public async Task An_interruption_at_the_question_says_that_nothing_was_changed()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        var error = await Assert.ThrowsAsync<HostingException>(() =>
            new PlannedChange(new FakeTerminal("y\n").Context(), Invoke, _ => open, "").RunAsync(new[] { Samples.Plan() }.ToAsyncEnumerable(), yes: false, source.Token));

        Assert.Equal(ErrorIds.Interrupted, error.ErrorId);
        Assert.Contains("nothing was changed", error.Message, StringComparison.Ordinal);
        Assert.Empty(invoked);
    }

    [Theory]
    [InlineData(FailoverStep.Promote, 1)]
    [InlineData(FailoverStep.Switch, 6)]
    [InlineData(FailoverStep.After, 6)]
    public async Task An_error_in_the_middle_keeps_its_id_names_what_is_left_open_and_its_code_tells_whether_it_may_be_switched(FailoverStep last, int code)
    {
        breaksOff = new HostingException(ErrorIds.StateUnavailable, HostingErrorCategory.ResourceUnavailable, "state.db", "The disk is full.", "Make room.");
        open = [Entry() with { LastStep = last }];
        var terminal = new FakeTerminal();

        Assert.Equal((ExitCode)code, await Run(terminal.Context(json: true), yes: true, Samples.Plan()));

        var error = ErrorOf(terminal);
        Assert.Equal(ErrorIds.StateUnavailable, error.GetProperty("id").GetString());
        Assert.StartsWith("The disk is full. Operation op-1 is not finished", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("Make room. To finish: hostingops resume op-1 --profile agency", error.GetProperty("recommendedAction").GetString());
    }

    [Fact]
    public void Without_a_terminal_only_yes_or_what_if_go_on()
    {
        var context = new FakeTerminal(interactive: false).Context();

        var error = Assert.Throws<HostingException>(() => PlannedChange.EnsureConfirmable(context, "failover", yes: false, whatIf: false));
        PlannedChange.EnsureConfirmable(context, "failover", yes: true, whatIf: false);
        PlannedChange.EnsureConfirmable(context, "failover", yes: false, whatIf: true);
        PlannedChange.EnsureConfirmable(new FakeTerminal().Context(), "failover", yes: false, whatIf: false);

        Assert.Equal(ErrorIds.ConfirmationRequired, error.ErrorId);
    }

    private Task<ExitCode> Run(AgentContext context, bool yes, params SiteFailoverPlan[] plans) =>
        new PlannedChange(context, Invoke, _ => open, " --profile agency").RunAsync(plans.ToAsyncEnumerable(), yes, CancellationToken.None);

    private async IAsyncEnumerable<FailoverResult> Invoke(IReadOnlyList<SiteFailoverPlan> plans, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var plan in plans.Where(static plan => plan.Allowed))
        {
            invoked.Add(plan);
            yield return breaksOff is null ? Samples.Result(FailoverOutcome.Succeeded, plan.SiteName) : throw breaksOff;
        }
    }

    private static JsonElement ErrorOf(FakeTerminal terminal) =>
        JsonDocument.Parse(terminal.Error.ToString()!.TrimEnd().Split('\n')[^1]).RootElement.GetProperty("error");

    private static FailoverHistoryEntry Entry() => new()
    {
        OperationId = "op-1",
        SiteName = "acme",
        Kind = FailoverKind.Failover,
        Outcome = FailoverOutcome.InProgress,
        Reason = "",
        LastStep = FailoverStep.Switch,
        By = "ops@here",
        StartedAt = Samples.Noon,
        Resumable = true,
    };
}
