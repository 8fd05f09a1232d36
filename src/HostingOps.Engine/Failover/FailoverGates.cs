using System.Globalization;
using HostingOps.Engine.Health;
using HostingOps.Engine.Mirror.Checking;
using HostingOps.Engine.Watch.Witnesses;

namespace HostingOps.Engine.Failover;

/// <summary>The gates: pure functions of the facts. Unknown never acts.</summary>
internal static class FailoverGates
{
    /// <summary>The one gate that nobody may override: without it the switch would be a blind write.</summary>
    public const GateName NotOverridable = GateName.RecordAsExpected;

    /// <summary>Every gate's answer, in the order in which an operator reads them.</summary>
    public static IReadOnlyList<FailoverGate> Evaluate(GateFacts facts) =>
    [
        RecordAsExpected(facts),
        ActiveDown(facts),
        StandbyHealthy(facts),
        MirrorFreshness.Gate(facts.Site, facts.To, facts.Mirror, facts.Now),
        ObserverSane(facts),
        Witnesses(facts),
        NotPaused(facts),
        NothingOpen(facts),
        Cooldown(facts),
        FleetLimit(facts),
    ];

    /// <summary>Turns refusals into Overridden where they were overridden by name.</summary>
    public static IReadOnlyList<FailoverGate> Override(IReadOnlyList<FailoverGate> gates, IReadOnlyCollection<GateName> overrides, string? reason) =>
        gates.Select(gate => !gate.Allows && gate.Name != NotOverridable && overrides.Contains(gate.Name)
            ? gate with { Outcome = GateOutcome.Overridden, Reason = $"{gate.Reason} Overridden: {reason}" }
            : gate).ToArray();

    /// <summary>Checks the overrides themselves.</summary>
    /// <exception cref="HostingException">OverrideNotAllowed.</exception>
    public static void EnsureAllowed(IReadOnlyCollection<GateName> overrides, string? reason)
    {
        if (overrides.Contains(NotOverridable))
        {
            throw new HostingException(
                ErrorIds.OverrideNotAllowed,
                HostingErrorCategory.InvalidArgument,
                NotOverridable,
                $"The gate {NotOverridable} can't be overridden: a switch is always a compare-and-swap against the record as it is.",
                "Look at the record with Get-SiteDnsTarget, and correct the record or the inventory.");
        }

        if (overrides.Count > 0 && string.IsNullOrWhiteSpace(reason))
        {
            throw new HostingException(
                ErrorIds.OverrideNotAllowed,
                HostingErrorCategory.InvalidArgument,
                string.Join(", ", overrides),
                "An override needs a reason, which goes into the journal.",
                "Give -Reason (--reason).");
        }
    }

    private static FailoverGate RecordAsExpected(GateFacts facts) => facts.Target.State switch
    {
        DnsTargetState.Primary or DnsTargetState.Secondary when facts.From is not null && facts.To?.Name == facts.From.Name =>
            new(GateName.RecordAsExpected, GateOutcome.Refused, $"The record already points to {facts.To.Name}."),
        _ when facts.Obstacle is not null => new(GateName.RecordAsExpected, GateOutcome.Refused, facts.Obstacle),
        DnsTargetState.Primary or DnsTargetState.Secondary when facts.From is not null =>
            new(GateName.RecordAsExpected, GateOutcome.Passed, $"The record points to {facts.From.Name}, as the inventory says."),
        DnsTargetState.Drifted when facts.From is not null && facts.To?.Name != facts.From.Name =>
            new(GateName.RecordAsExpected, GateOutcome.Passed, $"{facts.Target.Reason} The switch mends that."),
        _ => new(GateName.RecordAsExpected, GateOutcome.Refused, facts.Target.Reason ?? "The record does not point to a host of the site."),
    };

    private static FailoverGate ActiveDown(GateFacts facts)
    {
        if (facts.Kind != FailoverKind.Failover)
        {
            return new(GateName.ActiveDown, GateOutcome.Passed, "A planned switch does not ask for it.");
        }

        return facts.ActiveVerdict switch
        {
            null => new(GateName.ActiveDown, GateOutcome.Unknown, "It is not known which host is active."),
            { Kind: HealthVerdictKind.Down } verdict => new(GateName.ActiveDown, GateOutcome.Passed, $"{facts.From?.Name}: {verdict.Reason}"),
            { Kind: HealthVerdictKind.Unknown } verdict => new(GateName.ActiveDown, GateOutcome.Unknown, $"{facts.From?.Name}: {verdict.Reason}"),
            { } verdict => new(GateName.ActiveDown, GateOutcome.Refused, $"{facts.From?.Name} is not down: {verdict.Reason}"),
        };
    }

    private static FailoverGate StandbyHealthy(GateFacts facts) => StandbyHealthy(facts.Site, facts.To, facts.Standby);

    public static FailoverGate StandbyHealthy(HostedSite site, SiteHost? to, SiteHealth? standby)
    {
        if (to is null || standby is null)
        {
            return new(GateName.StandbyHealthy, GateOutcome.Unknown, "It is not known which host is the standby.");
        }

        var seen = $"{to.Name} ({standby.AddressProbed ?? "no address"}): {standby.Reason}";
        return standby.Status switch
        {
            SiteStatus.Healthy => new(GateName.StandbyHealthy, GateOutcome.Passed, seen),
            SiteStatus.Degraded when Serves(site, standby) => new(GateName.StandbyHealthy, GateOutcome.Passed, $"{seen} (degraded, but it serves)"),
            SiteStatus.Unknown => new(GateName.StandbyHealthy, GateOutcome.Unknown, seen),
            _ => new(GateName.StandbyHealthy, GateOutcome.Refused, seen),
        };
    }

    private static FailoverGate ObserverSane(GateFacts facts)
    {
        var observer = facts.Observer;
        if (observer.Checks.WasChecked)
        {
            return new(GateName.ObserverSane, observer.Checks.IsSane ? GateOutcome.Passed : GateOutcome.Unknown, observer.Checks.Reason);
        }

        return observer.StandbysAnswered > 0
            ? new(GateName.ObserverSane, GateOutcome.Passed, string.Create(
                CultureInfo.InvariantCulture,
                $"No observerChecks in the inventory; {observer.StandbysAnswered} of {observer.StandbysAsked} standby probes were answered."))
            : new(GateName.ObserverSane, GateOutcome.Unknown, "No observerChecks in the inventory, and no standby answers either: this machine may be offline.");
    }

    private static FailoverGate Witnesses(GateFacts facts) =>
        facts.Kind != FailoverKind.Failover ? new(GateName.WitnessQuorum, GateOutcome.Passed, "A planned switch does not ask for it.")
        : facts.Witnesses is not { } witnesses ? new(GateName.WitnessQuorum, GateOutcome.Passed, "No witnesses in the inventory.")
        : WitnessQuorum.Decide(facts.ActiveVerdict, witnesses.Opinions, witnesses.Policy);

    private static FailoverGate NotPaused(GateFacts facts) => facts.Pause is { } pause && pause.IsActiveAt(facts.Now)
        ? new(GateName.NotPaused, GateOutcome.Refused, string.Create(
            CultureInfo.InvariantCulture,
            $"Switched off by {pause.By} on {pause.Since:yyyy-MM-dd HH:mm}Z{(pause.Until is { } until ? string.Create(CultureInfo.InvariantCulture, $" until {until:yyyy-MM-dd HH:mm}Z") : "")}: {pause.Reason}"))
        : new(GateName.NotPaused, GateOutcome.Passed, "Failover is switched on.");

    private static FailoverGate NothingOpen(GateFacts facts) => NothingOpen(facts.Open);

    /// <summary>
    /// Whether an earlier operation stands in the way. One that is being carried out does not: the lock on the site answers
    /// with who holds it, and by the time of the switch it may have ended.
    /// </summary>
    public static FailoverGate NothingOpen(OpenOperation? open) => open is not { Entry: var entry }
        ? new(GateName.NothingOpen, GateOutcome.Passed, "No earlier operation on the site is open.")
        : open.RunBy is { } holder
        ? new(GateName.NothingOpen, GateOutcome.Passed, string.Create(
            CultureInfo.InvariantCulture,
            $"{Described(entry)} has not ended; process {holder.ProcessId} of {holder.Holder} is at work on it, and until it ends the site's lock keeps others out."))
        : new(GateName.NothingOpen, GateOutcome.Refused,
            $"{Described(entry)} has not ended; it is at {entry.LastStep}. Resume-SiteFailover -OperationId {entry.OperationId} finishes it, Undo-SiteFailover -OperationId {entry.OperationId} takes it back.");

    private static string Described(FailoverHistoryEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"Operation {entry.OperationId} ({entry.From ?? "?"} -> {entry.To ?? "?"}, begun {entry.StartedAt:yyyy-MM-dd HH:mm}Z by {entry.By})");

    private static FailoverGate Cooldown(GateFacts facts)
    {
        if (facts.LastSwitch is not { } last)
        {
            return new(GateName.Cooldown, GateOutcome.Passed, "No earlier switch in the journal.");
        }

        var ago = facts.Now - last;
        var seen = $"Last switched {Duration(ago)} ago; the cooldown is {Duration(facts.Site.Policy.Cooldown)}.";
        return new(GateName.Cooldown, ago >= facts.Site.Policy.Cooldown ? GateOutcome.Passed : GateOutcome.Refused, seen);
    }

    private static FailoverGate FleetLimit(GateFacts facts) => FleetLimit(facts.Kind, facts.Fleet);

    public static FailoverGate FleetLimit(FailoverKind kind, FleetFacts fleet)
    {
        if (kind != FailoverKind.Failover)
        {
            return new(GateName.FleetLimit, GateOutcome.Passed, "The limits are for failovers, not for planned switches.");
        }

        var total = fleet.Recent + fleet.Wanted;
        var percent = fleet.Sites == 0 ? 100 : 100.0 * total / fleet.Sites;
        var window = Duration(fleet.Policy.Window);
        var totalOfProvider = fleet.RecentOfProvider + fleet.WantedOfProvider;
        if (total > fleet.Policy.MaxFailovers)
        {
            return Refused($"{total} failovers within {window} ({fleet.Recent} done or begun, {fleet.Wanted} now) are over maxFailovers {fleet.Policy.MaxFailovers}.");
        }

        if (percent > fleet.Policy.MaxFailoverPercent && total > 1)
        {
            return Refused($"{percent:0.#}% of {fleet.Sites} sites within {window} are over maxFailoverPercent {fleet.Policy.MaxFailoverPercent}.");
        }

        if (fleet.Policy.MaxFailoversPerProvider is { } limit && totalOfProvider > limit)
        {
            return Refused($"{totalOfProvider} failovers away from {fleet.Provider} within {window} are over maxFailoversPerProvider {limit}.");
        }

        return new(GateName.FleetLimit, GateOutcome.Passed, string.Create(
            CultureInfo.InvariantCulture,
            $"{total} of at most {fleet.Policy.MaxFailovers} failovers within {window} ({percent:0.#}% of the sites)."));

        static FailoverGate Refused(FormattableString reason) =>
            new(GateName.FleetLimit, GateOutcome.Refused, FormattableString.Invariant(reason));
    }

    // Degraded by slowness or a certificate near its end still serves; throttled, refused or badly certified does not.
    private static bool Serves(HostedSite site, SiteHealth health) =>
        health.StatusCode is { } code && site.Check.ExpectStatus.Any(range => range.Contains(code)) && health.CertificateProblem is null;

    private static string Duration(TimeSpan span) => span switch
    {
        { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days"),
    };
}
