using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

public sealed class TargetVerdictJsonTests
{
    [Fact]
    public void A_verdict_comes_back_as_it_was_kept()
    {
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var verdict = new TargetVerdict
        {
            State = WatchState.Recovering,
            Since = at,
            Reason = "It answers “Grüße”.",
            Failures = 1,
            Silences = 2,
            Answers = 3,
            FailingSince = at.AddTicks(1),
            FailingFor = TimeSpan.FromTicks(12345),
            AnsweringSince = at.AddSeconds(1),
            ObservedAt = at.AddSeconds(2),
            CountsAfter = at.AddSeconds(3),
            DownSince = at.AddSeconds(4),
            RecoveredAt = at.AddSeconds(5),
            Flaps = 6,
            IsIntermittent = true,
            History = ulong.MaxValue,
            SampledAt = at.AddSeconds(6),
        };

        Assert.Equal(verdict, TargetVerdictJson.Read(TargetVerdictJson.Write(verdict)));
        Assert.Equal(TargetVerdict.Initial, TargetVerdictJson.Read(TargetVerdictJson.Write(TargetVerdict.Initial)));
    }

    [Fact]
    public void A_healthy_verdict_takes_few_bytes()
    {
        var story = new VerdictStory().Until(600, ObservationKind.Answers);

        Assert.InRange(TargetVerdictJson.Write(story.Verdict).Length, 50, 400);
    }

    [Fact]
    public void What_a_later_version_added_is_left_out_and_what_an_earlier_one_lacked_is_as_usual()
    {
        var read = TargetVerdictJson.Read("""{"State":"Suspect","Failures":2,"Mood":{"deep":[1,2]}}""");

        Assert.Equal(new TargetVerdict { State = WatchState.Suspect, Failures = 2 }, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"State\":\"Dreaming\"}")]
    [InlineData("{\"State\":17}")]
    [InlineData("{\"Reason\":null}")]
    [InlineData("{\"Failures\":\"many\"}")]
    [InlineData("{\"State\":\"Down\"")]
    public void What_cannot_be_read_is_as_if_never_checked(string json) => Assert.Equal(TargetVerdict.Initial, TargetVerdictJson.Read(json));
}
