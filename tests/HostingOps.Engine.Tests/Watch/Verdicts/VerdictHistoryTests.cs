using static HostingOps.Engine.Watch.Verdicts.ObservationKind;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

public sealed class VerdictHistoryTests
{
    [Fact]
    public void Failures_from_before_a_check_that_could_not_be_made_are_no_part_of_the_share_after_it()
    {
        var story = new VerdictStory();
        for (var check = 0; check < 9; check++)
        {
            if (check % 5 is 0 or 2 or 4)
            {
                story.Check(Faulty);
                story.Check(Faulty);
            }

            story.Check(Answers);
        }

        // Five of the last nine failed; the sixth is one of one.
        story.Check(Unclear);
        story.Check(Faulty);
        story.Check(Faulty);

        Assert.Equal((WatchState.Suspect, 2), (story.Verdict.State, story.Verdict.Failures));
        Assert.False(story.EverDown);
    }
}
