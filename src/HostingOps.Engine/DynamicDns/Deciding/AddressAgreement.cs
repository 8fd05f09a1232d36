namespace HostingOps.Engine.DynamicDns.Deciding;

/// <summary>
/// Which address is believed, of what several sources said. Each operator has one voice. An address needs the quorum's voices
/// and more of them than any other; a tie is unknown. A pure function.
/// </summary>
internal static class AddressAgreement
{
    /// <summary>Weighs the answers.</summary>
    /// <param name="family">The family asked for.</param>
    /// <param name="answers">What each source said.</param>
    /// <param name="quorum">The voices that an address needs.</param>
    /// <param name="now">When.</param>
    public static PublicIpAddress Judge(PublicAddressFamily family, IReadOnlyList<AddressAnswer> answers, int quorum, DateTimeOffset now)
    {
        var voices = answers.Where(static answer => answer.Address is not null)
            .GroupBy(static answer => answer.Operator, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static group => group.Key, static group => group.Select(static answer => answer.Address!).Distinct().ToArray(), StringComparer.OrdinalIgnoreCase);
        var counts = voices.Values.Where(static said => said.Length == 1).GroupBy(static said => said[0])
            .Select(static group => (Address: group.Key, Voices: group.Count())).OrderByDescending(static one => one.Voices).ToArray();
        var believed = counts is [var first, ..] && first.Voices >= quorum && counts.Count(one => one.Voices == first.Voices) == 1 ? first.Address : null;
        var agreed = voices.Where(voice => believed is not null && voice.Value is [var only] && only == believed).Select(static voice => voice.Key).ToArray();
        var outvoted = believed is null ? [] : voices.Keys.Except(agreed, StringComparer.OrdinalIgnoreCase).ToArray();
        return new PublicIpAddress
        {
            AddressFamily = family,
            Address = believed,
            Quorum = quorum,
            AgreedBy = agreed,
            OutvotedBy = outvoted,
            Answers = answers.Select(answer => Weigh(answer, believed, voices)).ToArray(),
            Reason = believed is null ? WhyNot(family, answers, counts, quorum) : Why(believed, agreed, outvoted),
            CheckedAt = now,
        };
    }

    private static AddressAnswer Weigh(AddressAnswer answer, string? believed, Dictionary<string, string[]> voices)
    {
        if (answer.Address is null)
        {
            return answer;
        }

        return voices[answer.Operator].Length > 1
            ? answer with { Outcome = AddressAnswerOutcome.Disagrees, Reason = $"{answer.Reason[..^1]}, and another source of {answer.Operator} says otherwise." }
            : answer with
            {
                Outcome = believed is null ? AddressAnswerOutcome.Undecided
                    : answer.Address == believed ? AddressAnswerOutcome.Agrees : AddressAnswerOutcome.Disagrees,
            };
    }

    private static string Why(string believed, string[] agreed, string[] outvoted)
    {
        var minority = outvoted.Length == 0 ? "" : $"; {string.Join(", ", outvoted)} {(outvoted.Length == 1 ? "says" : "say")} otherwise and {(outvoted.Length == 1 ? "is" : "are")} outvoted";
        return $"{string.Join(", ", agreed)} {(agreed.Length == 1 ? "says" : "agree on")} {believed}{minority}.";
    }

    private static string WhyNot(
        PublicAddressFamily family, IReadOnlyList<AddressAnswer> answers, (string Address, int Voices)[] counts, int quorum)
    {
        if (answers.Count == 0)
        {
            return $"No source speaks {family}.";
        }

        var silent = string.Join(" ", answers.Where(static answer => answer.Address is null).Select(static answer => answer.Reason));
        var said = counts.Length == 0
            ? $"No source names an {family} address that can be believed."
            : FormattableString.Invariant(
                $"{string.Join(", ", counts.Select(static one => FormattableString.Invariant($"{one.Address} has {one.Voices} {(one.Voices == 1 ? "voice" : "voices")}")))}; {quorum} of one mind {(quorum == 1 ? "is" : "are")} needed{(counts.Length > 1 && counts[0].Voices >= quorum ? ", and no other with as many" : "")}.");
        return silent.Length == 0 ? said : $"{said} {silent}";
    }
}
