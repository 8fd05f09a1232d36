using HostingOps.Engine.Dns.Sync;

namespace HostingOps.Engine.DynamicDns.Deciding;

/// <summary>Turns facts into answers, and answers into an outcome. Pure functions: unknown never acts.</summary>
internal static class DynamicDnsGates
{
    private static readonly DynamicDnsGateName[] Overridable =
        [DynamicDnsGateName.Settled, DynamicDnsGateName.Floor, DynamicDnsGateName.Uplink, DynamicDnsGateName.RecordKnown];

    // What passes by itself, or is as the inventory wants it, is no failure of a scheduled run.
    private static readonly DynamicDnsGateName[] Patient = [DynamicDnsGateName.Settled, DynamicDnsGateName.Floor, DynamicDnsGateName.Uplink];

    /// <summary>Whether a condition may be overridden by name.</summary>
    public static bool MayOverride(DynamicDnsGateName gate) => Overridable.Contains(gate);

    /// <summary>Every condition with its answer.</summary>
    public static IReadOnlyList<DynamicDnsGate> Evaluate(DynamicDnsFacts facts) =>
        new[] { Agreed(facts), Settled(facts), Floor(facts), Uplink(facts), Known(facts), Writable(facts) }.Select(gate =>
            gate.Outcome != GateOutcome.Passed && MayOverride(gate.Name) && facts.Overrides.Contains(gate.Name)
                ? gate with { Outcome = GateOutcome.Overridden, Reason = gate.Reason + " Overridden." }
                : gate).ToArray();

    /// <summary>What happens if nothing is written, or null when it may be.</summary>
    public static (DynamicDnsOutcome Outcome, string Reason)? Verdict(DynamicDnsFacts facts, IReadOnlyList<DynamicDnsGate> gates)
    {
        if (facts.Observed.Address is not { } address)
        {
            return (DynamicDnsOutcome.AddressUnknown, facts.Observed.Reason);
        }

        if (facts.ChangesNothing)
        {
            return (DynamicDnsOutcome.Unchanged, $"'{facts.Settings.Record}' has {address} already.");
        }

        var shut = gates.Where(static gate => gate.Outcome is GateOutcome.Refused or GateOutcome.Unknown).ToArray();
        return shut.Length == 0 ? null
            : shut.All(static gate => Patient.Contains(gate.Name)) ? (DynamicDnsOutcome.Waiting, Reasons(shut))
            : (DynamicDnsOutcome.Refused, Reasons(shut.Where(static gate => !Patient.Contains(gate.Name))));
    }

    private static string Reasons(IEnumerable<DynamicDnsGate> gates) => string.Join(" ", gates.Select(static gate => gate.Reason));

    private static DynamicDnsGate Agreed(DynamicDnsFacts facts) => new(
        DynamicDnsGateName.AddressAgreed, facts.Observed.Address is null ? GateOutcome.Unknown : GateOutcome.Passed, facts.Observed.Reason);

    private static DynamicDnsGate Settled(DynamicDnsFacts facts)
    {
        var settings = facts.Settings;
        var seconds = facts.Settling is { } seen ? (facts.Now - seen.Since).TotalSeconds : 0;
        var text = facts.Settling is { } settling
            ? FormattableString.Invariant(
                $"{settling.Address} was seen {Times(settling.Count)} in a row over {seconds:0} s; {settings.SettleCount} over {settings.SettleTime.TotalSeconds:0} s are wanted.")
            : "There is no address that could settle.";
        return Gate(DynamicDnsGateName.Settled, facts.Settling?.IsSettled(settings, facts.Now) == true, text);
    }

    private static DynamicDnsGate Floor(DynamicDnsFacts facts)
    {
        if (facts.LastWrite is not { } last)
        {
            return Gate(DynamicDnsGateName.Floor, true, "This machine has not written the record yet.");
        }

        // A write far in the future was stamped by a clock that has been set right since: it must not bar the way for years.
        var since = facts.Now - last;
        var open = since >= facts.Settings.Floor || since < -facts.Settings.Floor;
        return Gate(
            DynamicDnsGateName.Floor,
            open,
            FormattableString.Invariant($"The last write was {since.TotalSeconds:0} s ago; {facts.Settings.Floor.TotalSeconds:0} s must lie between two."));
    }

    private static DynamicDnsGate Uplink(DynamicDnsFacts facts) => facts.Uplink switch
    {
        null => Gate(DynamicDnsGateName.Uplink, true, "The address is of no named uplink."),
        { Publish: true } uplink => Gate(DynamicDnsGateName.Uplink, true, $"The uplink '{uplink.Name}' is published."),
        var uplink => Gate(DynamicDnsGateName.Uplink, false, $"The uplink '{uplink.Name}' is in use, which is not published: the record keeps its address."),
    };

    private static DynamicDnsGate Known(DynamicDnsFacts facts)
    {
        var there = facts.Present is { } set ? string.Join(", ", set.Values) : null;
        var (passes, text) = (there, facts.Known) switch
        {
            (null, _) => (true, "There is no such record: it is created."),
            (_, null) => (true, $"The record is seen for the first time, and is taken over with {there}."),
            _ when DynamicDnsFacts.Same(there, facts.Known) => (true, $"The record has {there}, as this machine left it."),
            _ when facts.Observed.Address is { } wanted && DynamicDnsFacts.Same(there, wanted) => (true, $"The record has {there}, as wanted."),
            _ => (false, $"The record has {there}; this machine left it with {facts.Known}, so somebody else has changed it."),
        };
        return Gate(DynamicDnsGateName.RecordKnown, passes, text);
    }

    private static DynamicDnsGate Writable(DynamicDnsFacts facts)
    {
        var problem = facts.Stored.Any(static set => set.Type == "CNAME") ? "The name has a CNAME, beside which no address may stand (RFC 1034 §3.6.2)."
            : facts.Stored.FirstOrDefault(static set => set.Type is "A" or "AAAA" && !set.IsSimple) is { } special ? $"The record is no simple one: {special}."
            : facts.Present is { Values.Count: > 1 } several ? $"The record has several addresses ({string.Join(", ", several.Values)}); one that follows this machine has one."
            : Foreign(facts);
        return Gate(DynamicDnsGateName.RecordWritable, problem is null, problem ?? "The record can be written.");
    }

    private static string? Foreign(DynamicDnsFacts facts)
    {
        var claim = OwnershipRecord.Read(facts.Claim, out var problem);
        return problem is not null ? $"Whose the record is can't be told: its ownership record {problem}."
            : claim is null || claim.Owner == facts.Owner ? null
            : $"The record belongs to the inventory '{claim.Owner}' (site '{claim.SiteName}').";
    }

    private static DynamicDnsGate Gate(DynamicDnsGateName name, bool passes, string reason) =>
        new(name, passes ? GateOutcome.Passed : GateOutcome.Refused, reason);

    private static string Times(int count) => count == 1 ? "once" : FormattableString.Invariant($"{count} times");
}
