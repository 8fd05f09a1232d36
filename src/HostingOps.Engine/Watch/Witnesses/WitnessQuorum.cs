using System.Globalization;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Witnesses;

/// <summary>How many agree that a host is down: a pure function of this machine's verdict, the witnesses' answers and the policy.</summary>
internal static class WitnessQuorum
{
    /// <summary>
    /// Passed when enough voices say down. Unknown is never agreement, and Serves counts against nothing. Short of that, Unknown
    /// when those who are unknown could have made up the number, else Refused.
    /// </summary>
    /// <param name="local">This machine's own verdict, or null.</param>
    /// <param name="opinions">The witnesses' answers.</param>
    /// <param name="policy">How many must agree.</param>
    public static FailoverGate Decide(HealthVerdict? local, IReadOnlyList<WitnessOpinion> opinions, WitnessSettings policy)
    {
        ArgumentNullException.ThrowIfNull(opinions);
        ArgumentNullException.ThrowIfNull(policy);
        var here = new WitnessOpinion(Here, Of(local), local?.Reason ?? "It is not known which host is active.");

        // A name that answered twice has one voice: the one that says less.
        var voices = opinions.Prepend(here).GroupBy(static opinion => opinion.Witness, StringComparer.OrdinalIgnoreCase)
            .Select(static same => same.MinBy(static opinion => Weight(opinion.Answer))!).ToArray();
        var down = voices.Count(static voice => voice.Answer == WitnessAnswer.Down);
        var unknown = voices.Count(static voice => voice.Answer == WitnessAnswer.Unknown);
        var needed = Math.Max(1, policy.Needed);
        var outcome = down >= needed ? GateOutcome.Passed : down + unknown >= needed ? GateOutcome.Unknown : GateOutcome.Refused;
        var answers = string.Join(" ", voices.Select(static voice => $"{voice.Witness}: {Word(voice.Answer)} ({voice.Reason.TrimEnd('.')})."));
        return new FailoverGate(GateName.WitnessQuorum, outcome, string.Create(
            CultureInfo.InvariantCulture, $"{down} of {policy.Voices} say down, {needed} needed. {answers}"));
    }

    private const string Here = Inventory.Reading.WitnessReader.Here;

    private static WitnessAnswer Of(HealthVerdict? verdict) => verdict?.Kind switch
    {
        HealthVerdictKind.Down => WitnessAnswer.Down,
        HealthVerdictKind.NotDown => WitnessAnswer.Serves,
        _ => WitnessAnswer.Unknown,
    };

    /// <summary>How much an answer says for a failover.</summary>
    internal static int Weight(WitnessAnswer answer) => answer switch
    {
        WitnessAnswer.Serves => 0,
        WitnessAnswer.Unknown => 1,
        _ => 2,
    };

    private static string Word(WitnessAnswer answer) => answer switch
    {
        WitnessAnswer.Down => "down",
        WitnessAnswer.Serves => "serves",
        _ => "unknown",
    };
}
