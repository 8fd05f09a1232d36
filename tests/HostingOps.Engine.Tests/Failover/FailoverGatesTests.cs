using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Failover;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Tests.Failover;

public sealed class FailoverGatesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_dead_host_with_a_healthy_standby_passes_every_gate()
    {
        Assert.All(FailoverGates.Evaluate(Facts()), static gate => Assert.Equal(GateOutcome.Passed, gate.Outcome));
    }

    [Fact]
    public void Every_gate_is_answered_once_and_with_a_reason()
    {
        var gates = FailoverGates.Evaluate(Facts());

        Assert.Equal(Enum.GetValues<GateName>().Order(), gates.Select(static gate => gate.Name).Order());
        Assert.All(gates, static gate => Assert.NotEmpty(gate.Reason));
    }

    [Theory]
    [InlineData(SiteStatus.Healthy, GateOutcome.Refused)]
    [InlineData(SiteStatus.Degraded, GateOutcome.Refused)]
    [InlineData(SiteStatus.Unknown, GateOutcome.Unknown)]
    [InlineData(SiteStatus.Down, GateOutcome.Passed)]
    public void A_failover_wants_the_active_host_down_for_certain(SiteStatus active, GateOutcome expected)
    {
        Assert.Equal(expected, Answer(Facts() with { ActiveVerdict = Verdict(active) }, GateName.ActiveDown));
    }

    [Fact]
    public void A_planned_switch_does_not_ask_for_a_dead_host()
    {
        var facts = Facts() with { Kind = FailoverKind.Switchover, ActiveVerdict = Verdict(SiteStatus.Healthy) };

        Assert.Equal(GateOutcome.Passed, Answer(facts, GateName.ActiveDown));
    }

    [Theory]
    [InlineData(SiteStatus.Healthy, 200, GateOutcome.Passed)]
    [InlineData(SiteStatus.Degraded, 200, GateOutcome.Passed)]
    [InlineData(SiteStatus.Degraded, 429, GateOutcome.Refused)]
    [InlineData(SiteStatus.Down, 503, GateOutcome.Refused)]
    [InlineData(SiteStatus.Unknown, null, GateOutcome.Unknown)]
    public void The_standby_must_serve_visitors(SiteStatus status, int? code, GateOutcome expected)
    {
        Assert.Equal(expected, Answer(Facts() with { Standby = Health(status, code) }, GateName.StandbyHealthy));
    }

    [Fact]
    public void A_standby_with_a_bad_certificate_does_not_serve_even_when_that_is_only_reported()
    {
        var standby = Health(SiteStatus.Degraded, 200) with { CertificateProblem = "expired" };

        Assert.Equal(GateOutcome.Refused, Answer(Facts() with { Standby = standby }, GateName.StandbyHealthy));
    }

    [Theory]
    [InlineData(DnsTargetState.Stranger)]
    [InlineData(DnsTargetState.Missing)]
    [InlineData(DnsTargetState.NotSwitchable)]
    public void A_record_that_points_elsewhere_is_not_touched(DnsTargetState state)
    {
        var facts = Facts();
        facts = facts with { From = null, Target = facts.Target with { State = state, ActiveHost = null, Reason = "Points elsewhere." } };

        Assert.Equal(GateOutcome.Refused, Answer(facts, GateName.RecordAsExpected));
    }

    [Fact]
    public void A_record_that_already_points_there_is_refused()
    {
        var facts = Facts();

        Assert.Equal(GateOutcome.Refused, Answer(facts with { To = facts.From }, GateName.RecordAsExpected));
    }

    [Theory]
    [InlineData(true, true, 0, GateOutcome.Passed)]
    [InlineData(true, false, 4, GateOutcome.Unknown)]
    [InlineData(false, true, 1, GateOutcome.Passed)]
    [InlineData(false, true, 0, GateOutcome.Unknown)]
    public void An_observer_that_sees_nothing_at_all_is_not_believed(bool configured, bool answered, int standbysAnswered, GateOutcome expected)
    {
        var observer = new ObserverFacts(new ObserverSanity(answered, configured, "Asked."), 4, standbysAnswered);

        Assert.Equal(expected, Answer(Facts() with { Observer = observer }, GateName.ObserverSane));
    }

    [Theory]
    [InlineData(14, GateOutcome.Refused)]
    [InlineData(15, GateOutcome.Passed)]
    public void The_cooldown_ends_on_its_minute(int minutesAgo, GateOutcome expected)
    {
        Assert.Equal(expected, Answer(Facts() with { LastSwitch = Now.AddMinutes(-minutesAgo) }, GateName.Cooldown));
    }

    [Theory]
    [InlineData(null, GateOutcome.Refused)]
    [InlineData(1, GateOutcome.Refused)]
    [InlineData(0, GateOutcome.Passed)]
    public void A_pause_holds_until_its_end(int? minutesLeft, GateOutcome expected)
    {
        var pause = new FailoverPause { SiteName = "acme", By = "alice@ops", Reason = "Migration.", Since = Now.AddHours(-1), Until = minutesLeft is { } minutes ? Now.AddMinutes(minutes) : null };

        Assert.Equal(expected, Answer(Facts() with { Pause = pause }, GateName.NotPaused));
    }

    [Theory]
    [InlineData(0, 3, 100, GateOutcome.Passed)]
    [InlineData(0, 4, 100, GateOutcome.Refused)]
    [InlineData(3, 1, 100, GateOutcome.Refused)]
    [InlineData(0, 3, 9, GateOutcome.Refused)]
    [InlineData(0, 1, 2, GateOutcome.Passed)]
    public void The_fleet_moves_only_within_count_and_share(int recent, int wanted, int sites, GateOutcome expected)
    {
        var fleet = new FleetFacts(new FleetPolicy { MaxFailovers = 3, MaxFailoverPercent = 30 }, sites, recent, wanted, "digitalocean", 0, 0);

        Assert.Equal(expected, Answer(Facts() with { Fleet = fleet }, GateName.FleetLimit));
    }

    [Fact]
    public void One_provider_has_a_limit_of_its_own()
    {
        var policy = new FleetPolicy { MaxFailovers = 10, MaxFailoverPercent = 100, MaxFailoversPerProvider = 2 };

        Assert.Equal(GateOutcome.Passed, Answer(Facts() with { Fleet = new FleetFacts(policy, 100, 5, 2, "linode", 0, 2) }, GateName.FleetLimit));
        Assert.Equal(GateOutcome.Refused, Answer(Facts() with { Fleet = new FleetFacts(policy, 100, 5, 2, "linode", 1, 2) }, GateName.FleetLimit));
    }

    [Fact]
    public void An_override_opens_the_gate_it_names_and_no_other_and_keeps_the_reason()
    {
        var facts = Facts() with { LastSwitch = Now.AddMinutes(-1), Standby = Health(SiteStatus.Down, null) };

        var gates = FailoverGates.Override(FailoverGates.Evaluate(facts), [GateName.Cooldown], "Second host died too.");

        var cooldown = gates.Single(static gate => gate.Name == GateName.Cooldown);
        Assert.Equal(GateOutcome.Overridden, cooldown.Outcome);
        Assert.Contains("Second host died too.", cooldown.Reason, StringComparison.Ordinal);
        Assert.Equal(GateOutcome.Refused, gates.Single(static gate => gate.Name == GateName.StandbyHealthy).Outcome);
    }

    [Fact]
    public void An_operation_that_has_not_ended_refuses_and_says_how_to_end_it()
    {
        var open = new FailoverHistoryEntry
        {
            OperationId = "01OPEN", SiteName = "acme", Kind = FailoverKind.Failover, Outcome = FailoverOutcome.InProgress, Reason = "",
            LastStep = FailoverStep.Sync, From = "do-1", To = "li-1", By = "ops@desk", StartedAt = Now.AddMinutes(-9),
        };

        var gate = FailoverGates.Evaluate(Facts() with { Open = new OpenOperation(open, RunBy: null) }).Single(static gate => gate.Name == GateName.NothingOpen);

        Assert.Equal(GateOutcome.Refused, gate.Outcome);
        Assert.Contains("Resume-SiteFailover -OperationId 01OPEN", gate.Reason, StringComparison.Ordinal);
        Assert.Contains("Undo-SiteFailover -OperationId 01OPEN", gate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_gate_can_not_be_overridden()
    {
        var facts = Facts();
        facts = facts with { Target = facts.Target with { State = DnsTargetState.Stranger }, From = null };

        var gates = FailoverGates.Override(FailoverGates.Evaluate(facts), Enum.GetValues<GateName>(), "Now!");
        var error = Assert.Throws<HostingException>(() => FailoverGates.EnsureAllowed([GateName.RecordAsExpected], "Now!"));

        Assert.Equal(GateOutcome.Refused, gates.Single(static gate => gate.Name == GateName.RecordAsExpected).Outcome);
        Assert.Equal(ErrorIds.OverrideNotAllowed, error.ErrorId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void An_override_without_a_reason_is_an_error(string? reason)
    {
        var error = Assert.Throws<HostingException>(() => FailoverGates.EnsureAllowed([GateName.Cooldown], reason));

        Assert.Equal(ErrorIds.OverrideNotAllowed, error.ErrorId);
    }

    [Fact]
    public void Whatever_is_unknown_or_down_nothing_moves_without_an_override()
    {
        var statuses = Gen.Elements(Enum.GetValues<SiteStatus>());
        var states = Gen.Elements(Enum.GetValues<DnsTargetState>());
        var observers = Gen.Zip(Gen.Elements(true, false), Gen.Elements(true, false));
        Prop.ForAll(Arb.From(from active in statuses from standby in statuses from state in states select (active, standby, state)), Arb.From(observers), (seen, observer) =>
        {
            var (active, standby, state) = seen;
            var facts = Facts();
            facts = facts with
            {
                ActiveVerdict = Verdict(active),
                Standby = Health(standby, standby == SiteStatus.Unknown ? null : 200),
                Target = facts.Target with { State = state, Reason = "Read." },
                Observer = new ObserverFacts(new ObserverSanity(observer.Item1, observer.Item2, "Asked."), 1, standby is SiteStatus.Healthy ? 1 : 0),
            };

            var allowed = FailoverGates.Evaluate(facts).All(static gate => gate.Allows);

            Assert.True(!allowed || (active == SiteStatus.Down && standby is SiteStatus.Healthy or SiteStatus.Degraded
                && state is DnsTargetState.Primary or DnsTargetState.Secondary or DnsTargetState.Drifted));
        }).QuickCheckThrowOnFailure();
    }

    private static GateOutcome Answer(GateFacts facts, GateName name) => FailoverGates.Evaluate(facts).Single(gate => gate.Name == name).Outcome;

    private static GateFacts Facts()
    {
        var site = TestSites.Acme();
        return new GateFacts
        {
            Site = site,
            Kind = FailoverKind.Failover,
            Target = new SiteDnsTarget
            {
                SiteName = site.Name,
                Record = site.Record,
                Zone = site.Zone,
                ZoneId = "Z1",
                State = DnsTargetState.Primary,
                ActiveHost = site.Primary.Name,
                StandbyHost = site.Secondary.Name,
            },
            From = site.Primary,
            To = site.Secondary,
            ActiveVerdict = Verdict(SiteStatus.Down),
            Standby = Health(SiteStatus.Healthy, 200),
            Observer = new ObserverFacts(new ObserverSanity(true, true, "Asked."), 1, 1),
            Fleet = new FleetFacts(new FleetPolicy(), 10, 0, 1, site.Primary.Provider, 0, 1),
            Now = Now,
        };
    }

    private static HealthVerdict Verdict(SiteStatus status) => new(
        status switch
        {
            SiteStatus.Down => HealthVerdictKind.Down,
            SiteStatus.Unknown => HealthVerdictKind.Unknown,
            _ => HealthVerdictKind.NotDown,
        },
        $"It is {status}.");

    private static SiteHealth Health(SiteStatus status, int? code) => new()
    {
        SiteName = "acme",
        HostName = "li-1",
        Target = HealthTarget.Secondary,
        Status = status,
        Reason = $"It is {status}.",
        StatusCode = code,
        CheckedAt = Now,
    };
}
