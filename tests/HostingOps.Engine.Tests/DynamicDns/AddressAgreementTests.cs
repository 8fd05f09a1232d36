using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.DynamicDns.Deciding;

namespace HostingOps.Engine.Tests.DynamicDns;

public sealed class AddressAgreementTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_liar_is_outvoted_and_named()
    {
        var judged = Judge(2, ("a", "5.9.1.1"), ("b", "5.9.1.1"), ("liar", "6.6.6.6"));

        Assert.Equal("5.9.1.1", judged.Address);
        Assert.Equal(["a", "b"], judged.AgreedBy);
        Assert.Equal(["liar"], judged.OutvotedBy);
        Assert.Equal("a, b agree on 5.9.1.1; liar says otherwise and is outvoted.", judged.Reason);
        Assert.Equal(AddressAnswerOutcome.Disagrees, judged.Answers[2].Outcome);
    }

    [Fact]
    public void A_tie_is_unknown()
    {
        var judged = Judge(2, ("a", "5.9.1.1"), ("b", "5.9.1.1"), ("c", "6.6.6.6"), ("d", "6.6.6.6"));

        Assert.Null(judged.Address);
        Assert.Empty(judged.AgreedBy);
        Assert.Contains("no other with as many", judged.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_alone_is_believed_only_when_that_is_written()
    {
        Assert.Null(Judge(2, ("a", "5.9.1.1")).Address);
        Assert.Equal("5.9.1.1", Judge(1, ("a", "5.9.1.1")).Address);
    }

    [Fact]
    public void Sources_of_one_operator_have_one_voice()
    {
        Assert.Null(Judge(2, ("a", "5.9.1.1"), ("A", "5.9.1.1")).Address);
    }

    [Fact]
    public void An_operator_that_contradicts_itself_has_none()
    {
        var judged = Judge(2, ("a", "5.9.1.1"), ("a", "6.6.6.6"), ("b", "5.9.1.1"), ("c", "5.9.1.1"));

        Assert.Equal(["b", "c"], judged.AgreedBy);
        Assert.Equal(["a"], judged.OutvotedBy);
        Assert.Equal(AddressAnswerOutcome.Disagrees, judged.Answers[0].Outcome);
    }

    [Fact]
    public void Nothing_is_believed_but_what_the_quorum_and_more_than_any_other_say()
    {
        var voices = Gen.ListOf(Gen.Zip(Gen.Elements("a", "b", "c", "d", "e", "f"), Gen.Elements("5.9.1.1", "6.6.6.6", "7.7.7.7", null)));
        Prop.ForAll(voices.ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), static (said, quorum) =>
        {
            var answers = said.ToArray();
            var judged = Judge(quorum, answers!);
            var counts = answers.Where(static one => one.Item2 is not null).GroupBy(static one => one.Item1)
                .Where(static of => of.Select(static one => one.Item2).Distinct().Count() == 1)
                .GroupBy(static of => of.First().Item2).ToDictionary(static of => of.Key!, static of => of.Count());
            var expected = counts.Where(one => one.Value >= quorum && counts.All(other => other.Key == one.Key || other.Value < one.Value)).Select(static one => one.Key).SingleOrDefault();
            Assert.Equal(expected, judged.Address);
            Assert.Equal(expected is null ? 0 : counts[expected], judged.AgreedBy.Count);

            // The order of the sources says nothing.
            Assert.Equal(judged.Address, Judge(quorum, [.. answers.Reverse()!]).Address);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static PublicIpAddress Judge(int quorum, params (string Operator, string? Address)[] said) => AddressAgreement.Judge(
        PublicAddressFamily.IPv4,
        [.. said.Select(static one => new AddressAnswer
        {
            Source = $"https://{one.Operator}/",
            Operator = one.Operator,
            Address = one.Address,
            Outcome = one.Address is null ? AddressAnswerOutcome.NoAnswer : AddressAnswerOutcome.Undecided,
            Reason = "It says so.",
        })],
        quorum,
        Now);
}
