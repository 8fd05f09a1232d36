using HostingOps.Agent.Commands;
using HostingOps.Agent.Output;
using HostingOps.Agent.Output.Views;
using HostingOps.Agent.Terminal;
using HostingOps.Agent.Tests.Commands;

namespace HostingOps.Agent.Tests.Output;

public sealed class ViewTests
{
    [Fact]
    public void A_plan_shows_before_after_every_gate_its_reason_hooks_and_how_long_resolvers_may_lag()
    {
        var text = Shown(static screen => PlanView.Show(screen, Samples.Plan()));

        Assert.Equal(
            """
            acme: failover from do-1 to li-1
              record  acme.sites.example.net
              before  A 203.0.113.10 (TTL 60)
              after   A 198.51.100.7 (TTL 60)
              Passed  RecordAsExpected  The record points to do-1, as the inventory says.
              Passed  ActiveDown        do-1: 3 failures in a row, 3 needed:
                                        203.0.113.10:443 refuses connections, and has done
                                        so for some time.
              promote  ssh deploy@198.51.100.7 'echo a b' (at most 90 s)
              Resolvers may keep the old answer for 60 s after the switch; visitors follow
              as it runs out.
            """.ReplaceLineEndings("\n"),
            text.TrimEnd('\n'));
    }

    [Fact]
    public void An_operation_on_the_redirector_shows_its_instances_and_whether_it_can_be_resumed()
    {
        var entry = new ApexHistoryEntry
        {
            OperationId = "01KJM5C3S0ABCDEFGHJKMNPQRS",
            Kind = ApexOperationKind.Restore,
            Outcome = "InProgress",
            Reason = "It has not ended. Boot started.",
            LastStep = "Boot",
            PublicIp = "198.51.100.99",
            AllocationId = "eipalloc-1",
            From = "i-0a",
            To = "i-0b",
            By = "ops@desk",
            StartedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            Resumable = true,
            Region = "eu-west-1",
        };

        Assert.Equal(
            """
            2026-03-01 12:00:00Z restore 01KJM5C3S0ABCDEFGHJKMNPQRS of 198.51.100.99 by
            ops@desk
              InProgress  i-0a > i-0b  It has not ended. Boot started. Can be resumed.
            """.ReplaceLineEndings("\n"),
            Shown(screen => HistoryView.Show(screen, [entry])).TrimEnd('\n'));
    }

    [Fact]
    public void A_refused_plan_says_so_in_its_headline_and_which_gate_it_was()
    {
        var text = Shown(static screen => PlanView.Show(screen, Samples.Plan(activeDown: GateOutcome.Unknown)));

        Assert.StartsWith("acme: failover from do-1 to li-1 - REFUSED\n", text, StringComparison.Ordinal);
        Assert.Contains("Nothing will be changed: ActiveDown.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Resolvers", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_shows_its_timeline_in_seconds_under_its_reason()
    {
        var text = Shown(static screen => ResultView.Show(screen, Samples.Result(FailoverOutcome.Succeeded)));

        Assert.Equal(
            """
            acme: Succeeded. Moved from do-1 to li-1, and proven.
              switch  0.25 s  Records point to li-1.
              verify  1.50 s  2 of 2 name servers answer with the new records, and li-1
                              serves the site: Answers 200.
            """.ReplaceLineEndings("\n"),
            text.TrimEnd('\n'));
    }

    [Fact]
    public void What_a_server_answered_can_not_steer_the_terminal()
    {
        var health = new SiteHealth
        {
            SiteName = "acme",
            Target = HealthTarget.Active,
            Status = SiteStatus.Down,
            Reason = "Answers \u001b[2J\u001b[31m503\r\n[red]markup[/]",
            CheckedAt = Samples.Noon,
        };

        var text = Shown(screen => HealthView.Show(screen, [health]));

        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\r', text);
        Assert.Contains("[red]markup[/]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_are_sent_only_where_they_are_shown()
    {
        static void Show(Screen screen) => PlanView.Show(screen, Samples.Plan());

        Assert.Contains("\u001b[32mPassed\u001b[0m", Shown(Show, color: true), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Shown(Show));
    }

    [Theory]
    [InlineData(null, "xterm", true)]
    [InlineData("", "xterm", true)]
    [InlineData("1", "xterm", false)]
    [InlineData(null, "dumb", false)]
    public void NO_COLOR_and_a_dumb_terminal_mean_no_colours(string? noColor, string term, bool expected)
    {
        var may = AgentTerminal.MayColor(name => name switch { "NO_COLOR" => noColor, "TERM" => term, _ => null });

        // On Windows the console must be able to, besides.
        Assert.True(OperatingSystem.IsWindows() ? !may || expected : may == expected);
    }

    [Fact]
    public void Open_operations_are_to_be_resumed_and_switched_ones_can_be_undone()
    {
        var lines = WayBack.Of(
            [
                Samples.Result(FailoverOutcome.Succeeded, "acme", "op-1"),
                Samples.Result(FailoverOutcome.Unknown, "blog", "op-1"),
                Samples.Result(FailoverOutcome.Conflict, "shop", "op-2"),
                Samples.Result(FailoverOutcome.Refused, "cafe", null),
            ],
            " --inventory 'my sites.yml'");

        Assert.Equal(
            [
                "To find out and finish: hostingops resume op-1 --inventory 'my sites.yml'",
                "The way back: hostingops undo op-1 --inventory 'my sites.yml'",
            ],
            lines);
    }

    [Fact]
    public void The_engines_advice_is_given_in_the_agents_words()
    {
        Assert.Equal("Finish it first: `hostingops resume 20260301-ab`.", AgentWording.Of("Finish it first: Resume-SiteFailover -OperationId 20260301-ab."));
        Assert.Equal("Look at `hostingops history --resumable`; or `hostingops undo` takes it back.", AgentWording.Of("Look at Get-SiteFailoverHistory -ResumableOnly; or Undo-SiteFailover takes it back."));
        Assert.Equal("Give --reason.", AgentWording.Of("Give -Reason (--reason)."));
        Assert.Equal("Correct --inventory, not well-Known-things.", AgentWording.Of("Correct -InventoryPath, not well-Known-things."));
    }

    [Fact]
    public void Progress_gives_way_to_other_output_and_leaves_no_rest()
    {
        var error = new StringWriter { NewLine = "\n" };
        var progress = new ProgressLine(error, shown: true, width: 20, TimeProvider.System);
        var screen = new Screen(error, 80, color: false, progress);

        progress.Show(new OperationProgress { Activity = "Probing sites", Done = 1, Total = 20, CurrentItem = "a-long-name" });
        screen.Line("warning: x");

        var shown = "Probing sites 1/20 ";
        Assert.Equal($"{shown}\r{new string(' ', shown.Length)}\rwarning: x\n", error.ToString());
    }

    private static string Shown(Action<Screen> show, bool color = false)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        show(new Screen(writer, 80, color, new ProgressLine(writer, shown: false, 80, TimeProvider.System)));
        return writer.ToString().ReplaceLineEndings("\n");
    }
}
