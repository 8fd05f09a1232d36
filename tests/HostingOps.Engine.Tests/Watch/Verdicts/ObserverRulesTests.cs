using HostingOps.Engine.Health;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

public sealed class ObserverRulesTests
{
    private static readonly DateTimeOffset Now = VerdictStory.Start;
    private static readonly ObserverSanity Sane = new(true, true, "https://a.example answers this machine.");
    private static readonly ObserverSanity NoneNamed = new(true, false, "The policy names no observer checks.");

    private readonly List<LatestSight> sights = [];

    [Fact]
    public void Checks_that_fail_leave_nothing_to_believe()
    {
        Add(1, "do", ObservationKind.Faulty);
        Add(99, "do", ObservationKind.Answers);

        Assert.Equal(new ObserverJudgement(true, "None answers."), Judge(new ObserverSanity(false, true, "None answers.")));
    }

    [Fact]
    public void One_target_alone_is_never_too_many()
    {
        Add(1, "do", ObservationKind.Silent);

        Assert.False(Judge(null).IsInDoubt);
    }

    [Theory]
    [InlineData(6, 4, false)]
    [InlineData(7, 4, true)]
    public void More_than_the_share_at_several_providers_is_doubted_even_when_known_good_addresses_answer(int failing, int answering, bool doubted)
    {
        Add(failing - 1, "do", ObservationKind.Silent);
        Add(1, "li", ObservationKind.Faulty);
        Add(answering, "do", ObservationKind.Answers);

        Assert.Equal(doubted, Judge(Sane).IsInDoubt);
    }

    [Fact]
    public void The_reason_counts_and_names_the_limit()
    {
        Add(2, "do", ObservationKind.Silent);
        Add(1, "li", ObservationKind.Silent);
        Add(1, "li", ObservationKind.Answers);

        Assert.Equal(
            "3 of 4 targets checked since 11:59:50Z fail (75%, allowed 60%), and on hosts of several providers, so the fault may lie with this machine.",
            Judge(Sane).Reason);
    }

    [Fact]
    public void All_of_one_provider_is_its_outage_when_something_outside_answers()
    {
        Add(10, "do", ObservationKind.Silent);
        Assert.True(Judge(null).IsInDoubt);
        Assert.True(Judge(NoneNamed).IsInDoubt);
        Assert.Contains("policy.observerChecks", Judge(NoneNamed).Reason, StringComparison.Ordinal);
        Assert.False(Judge(Sane).IsInDoubt);

        Add(1, "li", ObservationKind.Answers);
        Assert.False(Judge(NoneNamed).IsInDoubt);
        Assert.EndsWith("all on hosts of do, and other providers' hosts answer.", Judge(NoneNamed).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_of_the_same_provider_does_not_stand_for_the_world()
    {
        Add(10, "do", ObservationKind.Silent);
        Add(1, "DO", ObservationKind.Answers);

        Assert.True(Judge(NoneNamed).IsInDoubt);
    }

    [Fact]
    public void Answers_from_before_the_first_failure_are_not_counted()
    {
        Add(3, "do", ObservationKind.Silent);
        Add(3, "li", ObservationKind.Silent);
        Add(100, "li", ObservationKind.Answers, began: -20);

        Assert.True(Judge(Sane).IsInDoubt);
    }

    [Fact]
    public void What_has_failed_for_long_is_not_counted_and_what_was_doubted_for_long_is()
    {
        Add(10, "do", ObservationKind.Silent, since: -3600);
        Add(1, "li", ObservationKind.Silent);
        Assert.False(Judge(NoneNamed).IsInDoubt);

        // Doubt has taken the rows away, and the newest checks still fail.
        Add(10, "do", ObservationKind.Silent);
        Assert.True(Judge(NoneNamed).IsInDoubt);
    }

    [Fact]
    public void A_share_of_a_hundred_percent_is_never_exceeded()
    {
        Add(5, "do", ObservationKind.Silent);
        Add(5, "li", ObservationKind.Silent);

        Assert.False(ObserverRules.Judge(new FleetPolicy { MaxFailingPercent = 100 }, sights, Sane, Now).IsInDoubt);
    }

    private ObserverJudgement Judge(ObserverSanity? checks) => ObserverRules.Judge(new FleetPolicy(), sights, checks, Now);

    private void Add(int count, string provider, ObservationKind kind, int began = -10, int? since = null)
    {
        for (var i = 0; i < count; i++)
        {
            sights.Add(new LatestSight(
                new SiteHost { Name = $"{provider}-{i}", Provider = provider }, kind, Now.AddSeconds(began), since is { } seconds ? Now.AddSeconds(seconds) : null));
        }
    }
}
