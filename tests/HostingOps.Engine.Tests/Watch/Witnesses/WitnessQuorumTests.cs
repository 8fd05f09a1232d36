using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Health;
using HostingOps.Engine.Watch.Witnesses;

namespace HostingOps.Engine.Tests.Watch.Witnesses;

public sealed class WitnessQuorumTests
{
    private static readonly Arbitrary<(WitnessAnswer[] Answers, HealthVerdictKind Local, int Needed)> Cases = (
        from answers in Gen.Elements(Enum.GetValues<WitnessAnswer>()).ArrayOf()
        from local in Gen.Elements(Enum.GetValues<HealthVerdictKind>())
        from needed in Gen.Choose(1, answers.Length + 1)
        select (answers, local, needed)).ToArbitrary();

    [Theory]
    [InlineData(nameof(WitnessAnswer.Down), nameof(WitnessAnswer.Unknown), GateOutcome.Passed)]
    [InlineData(nameof(WitnessAnswer.Down), nameof(WitnessAnswer.Serves), GateOutcome.Passed)]
    [InlineData(nameof(WitnessAnswer.Unknown), nameof(WitnessAnswer.Unknown), GateOutcome.Unknown)]
    [InlineData(nameof(WitnessAnswer.Serves), nameof(WitnessAnswer.Unknown), GateOutcome.Unknown)]
    [InlineData(nameof(WitnessAnswer.Serves), nameof(WitnessAnswer.Serves), GateOutcome.Refused)]
    public void Two_of_three_with_this_machine_as_one(string first, string second, GateOutcome expected)
    {
        var gate = Decide([Enum.Parse<WitnessAnswer>(first), Enum.Parse<WitnessAnswer>(second)], HealthVerdictKind.Down, 2);

        Assert.Equal(expected, gate.Outcome);
    }

    [Theory]
    [InlineData(1, nameof(WitnessAnswer.Serves), nameof(HealthVerdictKind.Down), GateOutcome.Passed)]
    [InlineData(1, nameof(WitnessAnswer.Down), nameof(HealthVerdictKind.NotDown), GateOutcome.Passed)]
    [InlineData(1, nameof(WitnessAnswer.Serves), nameof(HealthVerdictKind.Unknown), GateOutcome.Unknown)]
    [InlineData(1, nameof(WitnessAnswer.Serves), nameof(HealthVerdictKind.NotDown), GateOutcome.Refused)]
    [InlineData(0, nameof(WitnessAnswer.Serves), nameof(HealthVerdictKind.NotDown), GateOutcome.Refused)]
    [InlineData(0, nameof(WitnessAnswer.Serves), nameof(HealthVerdictKind.Down), GateOutcome.Passed)]
    public void One_of_two_is_enough_where_one_is_needed_and_fewer_than_one_never_are(int needed, string witness, string local, GateOutcome expected)
    {
        var gate = Decide([Enum.Parse<WitnessAnswer>(witness)], Enum.Parse<HealthVerdictKind>(local), needed);

        Assert.Equal(expected, gate.Outcome);
        Assert.Contains(", 1 needed.", gate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reason_has_every_witness_s_answer()
    {
        var gate = WitnessQuorum.Decide(
            new HealthVerdict(HealthVerdictKind.Down, "3 failures in a row."),
            [new("nyc", WitnessAnswer.Serves, "200 OK, seen 12:00:01Z"), new("route53", WitnessAnswer.Unknown, "not asked in time")],
            Policy(2, 2));

        Assert.Equal("1 of 3 say down, 2 needed. here: down (3 failures in a row). nyc: serves (200 OK, seen 12:00:01Z). route53: unknown (not asked in time).", gate.Reason);
    }

    [Fact]
    public void Unknown_never_raises_agreement() => Check(static sample =>
    {
        var silent = sample.Answers.Select(static answer => answer == WitnessAnswer.Down ? WitnessAnswer.Unknown : answer).ToArray();
        var gate = Decide(silent, HealthVerdictKind.Unknown, sample.Needed);
        return gate.Outcome != GateOutcome.Passed;
    });

    [Fact]
    public void Nobody_s_silence_turns_a_refusal_into_passing() => Check(static sample =>
    {
        var before = Decide(sample.Answers, sample.Local, sample.Needed);
        return Enumerable.Range(0, sample.Answers.Length).All(i =>
            before.Outcome == GateOutcome.Passed || Decide(With(sample.Answers, i, WitnessAnswer.Unknown), sample.Local, sample.Needed).Outcome != GateOutcome.Passed);
    });

    [Fact]
    public void Nobody_s_serving_turns_a_refusal_into_passing() => Check(static sample =>
    {
        var before = Decide(sample.Answers, sample.Local, sample.Needed);
        return Enumerable.Range(0, sample.Answers.Length).All(i =>
            before.Outcome == GateOutcome.Passed || Decide(With(sample.Answers, i, WitnessAnswer.Serves), sample.Local, sample.Needed).Outcome != GateOutcome.Passed);
    });

    [Fact]
    public void It_passes_exactly_when_enough_say_down() => Check(static sample =>
    {
        var down = sample.Answers.Count(static answer => answer == WitnessAnswer.Down) + (sample.Local == HealthVerdictKind.Down ? 1 : 0);
        return Decide(sample.Answers, sample.Local, sample.Needed).Outcome == GateOutcome.Passed == (down >= sample.Needed);
    });

    [Fact]
    public void A_witness_that_answers_twice_has_one_voice()
    {
        var gate = WitnessQuorum.Decide(
            new HealthVerdict(HealthVerdictKind.NotDown, "It answers."),
            [new("nyc", WitnessAnswer.Down, "a"), new("NYC", WitnessAnswer.Down, "b"), new("here", WitnessAnswer.Down, "c")],
            Policy(2, 2));

        Assert.NotEqual(GateOutcome.Passed, gate.Outcome);
    }

    [Fact]
    public void Without_a_quorum_a_majority_is_needed()
    {
        Assert.Equal([1, 2, 2, 3], new[] { 0, 1, 2, 3 }.Select(static agents => Policy(null, agents).Needed));
    }

    private static void Check(Func<(WitnessAnswer[] Answers, HealthVerdictKind Local, int Needed), bool> holds) =>
        Prop.ForAll(Cases, holds).QuickCheckThrowOnFailure();

    private static WitnessAnswer[] With(WitnessAnswer[] answers, int at, WitnessAnswer other) => [.. answers.Select((answer, i) => i == at ? other : answer)];

    private static FailoverGate Decide(WitnessAnswer[] answers, HealthVerdictKind local, int needed) => WitnessQuorum.Decide(
        new HealthVerdict(local, "Seen."), [.. answers.Select(static (answer, i) => new WitnessOpinion($"w{i}", answer, "seen"))], Policy(needed, answers.Length));

    private static WitnessSettings Policy(int? quorum, int agents) => new()
    {
        Quorum = quorum,
        Agents = [.. Enumerable.Range(0, agents).Select(static i => new WitnessAgent { Name = $"w{i}", Url = $"https://w{i}.example", Key = "${K}" })],
    };
}
