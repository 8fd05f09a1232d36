namespace HostingOps.Engine.Watch.Witnesses;

/// <summary>One machine has one voice, however many names and addresses lead to it: a pure function.</summary>
internal static class WitnessVoices
{
    /// <summary>
    /// Of those who answer from one machine, the one that says least speaks, and the others are Unknown. So is one that answers
    /// from the machine that asks.
    /// </summary>
    /// <param name="opinions">What the witnesses say of one site.</param>
    /// <param name="here">The mark of the machine that asks, or null where that is not known.</param>
    public static IReadOnlyList<WitnessOpinion> OnePerMachine(IReadOnlyList<WitnessOpinion> opinions, string? here)
    {
        ArgumentNullException.ThrowIfNull(opinions);
        var speakers = opinions.Where(static opinion => opinion.Machine is not null).GroupBy(static opinion => opinion.Machine!, StringComparer.Ordinal)
            .ToDictionary(static same => same.Key, static same => same.MinBy(static opinion => WitnessQuorum.Weight(opinion.Answer))!, StringComparer.Ordinal);
        return [.. opinions.Select(opinion => opinion.Machine is not { } machine ? opinion
            : machine == here ? Silent(opinion, "it is on the machine that asks, which has its own voice already")
            : ReferenceEquals(speakers[machine], opinion) ? opinion
            : Silent(opinion, $"it is on the same machine as {speakers[machine].Witness}, and one machine has one voice"))];
    }

    private static WitnessOpinion Silent(WitnessOpinion opinion, string reason) => opinion with { Answer = WitnessAnswer.Unknown, Reason = reason };
}
