using HostingOps.Cmdlets.Commands.Failover;

namespace HostingOps.Cmdlets.Tests.Commands;

public sealed class PlanTextTests
{
    private static readonly FailoverGate Down = new(GateName.ActiveDown, GateOutcome.Passed, "do-1 failed 3 times.");
    private static readonly FailoverGate NotPaused = new(GateName.NotPaused, GateOutcome.Passed, "Failover is switched on.");
    private static readonly FailoverGate Cooldown = new(GateName.Cooldown, GateOutcome.Overridden, "The last switch was 4 min ago. Overridden: li-1 died as well");

    [Fact]
    public void The_question_says_the_move_each_record_and_when_visitors_follow()
    {
        var lines = PlanText.Ask(Plan(Down)).Split('\n');

        Assert.Equal("Failover of acme: do-1 -> li-1", lines[0]);
        Assert.Equal("  acme.sites.example.net (visitors follow within 60 s)", lines[1]);
        Assert.Equal("    A 203.0.113.10 (TTL 60) -> A 198.51.100.7 (TTL 60)", lines[2]);
        Assert.Equal("    no AAAA -> AAAA 2001:db8:2::7 (TTL 60)", lines[3]);
        Assert.Equal("Do it?", lines[^1]);
    }

    [Fact]
    public void The_question_gives_reasons_for_what_decides_and_only_names_the_rest()
    {
        var text = PlanText.Ask(Plan(Down, NotPaused));

        Assert.Contains("+ ActiveDown: do-1 failed 3 times.", text, StringComparison.Ordinal);
        Assert.Contains("+ NotPaused: passed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("switched on", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_of_the_rest_are_broken_between_names_at_80_columns()
    {
        var gates = Enum.GetValues<GateName>().Select(static name => new FailoverGate(name, GateOutcome.Passed, "Fine.")).ToArray();

        var lines = PlanText.Ask(Plan(gates)).Split('\n');

        Assert.All(lines, static line => Assert.InRange(line.Length, 0, 80));
        var passed = string.Join(' ', lines.SkipWhile(static line => !line.EndsWith(',')).TakeWhile(static line => line != "Do it?").Select(static line => line.Trim()));
        var names = Enum.GetNames<GateName>().Except(["ActiveDown", "StandbyHealthy"]);
        Assert.Equal($"+ {string.Join(", ", names)}: passed", passed);
    }

    [Fact]
    public void An_overridden_gate_stands_out_with_both_reasons()
    {
        var text = PlanText.Ask(Plan(Down, Cooldown));

        Assert.Contains("! Cooldown OVERRIDDEN: The last switch was 4 min ago. Overridden: li-1 died as well", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_description_gives_every_reason_and_the_hooks()
    {
        var hook = new PlannedHook(HookStage.Promote, ["ssh", "li-1"], TimeSpan.FromSeconds(30));
        var text = PlanText.Describe(Plan(Down, NotPaused) with { Hooks = [hook] });

        Assert.Contains("+ NotPaused: Failover is switched on.", text, StringComparison.Ordinal);
        Assert.EndsWith("\n  runs Promote: ssh li-1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_plan_says_so_at_once()
    {
        var refused = new FailoverGate(GateName.ActiveDown, GateOutcome.Refused, "do-1 answers.");

        Assert.StartsWith("Failover of acme: do-1 -> li-1 is REFUSED\n", PlanText.Describe(Plan(refused)), StringComparison.Ordinal);
        Assert.Contains("- ActiveDown REFUSED: do-1 answers.", PlanText.Describe(Plan(refused)), StringComparison.Ordinal);
    }

    private static SiteFailoverPlan Plan(params FailoverGate[] gates) => new()
    {
        SiteName = "acme",
        Kind = FailoverKind.Failover,
        From = "do-1",
        To = "li-1",
        Zone = "sites.example.net",
        Gates = gates,
        PropagationSeconds = 60,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Change = new DnsSwitch
        {
            SiteName = "acme",
            Record = "acme.sites.example.net",
            Before = [Record("A", "203.0.113.10")],
            After = [Record("A", "198.51.100.7"), Record("AAAA", "2001:db8:2::7")],
        },
    };

    private static DnsRecordSet Record(string type, string value) =>
        new() { Name = "acme.sites.example.net", Type = type, Ttl = 60, Values = [value] };
}
