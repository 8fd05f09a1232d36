using HostingOps.Engine.Failover;
using HostingOps.Engine.State;
using HostingOps.Engine.Tests.State;

namespace HostingOps.Engine.Tests.Failover;

public sealed class JournalReplayTests
{
    [Fact]
    public void A_request_that_was_sent_and_not_answered_may_have_been_carried_out()
    {
        var run = Replay((FailoverStep.Switch, JournalMoment.Started, "3"));

        Assert.False(run.Switched);
        Assert.Equal(("OP", 3), (run.Unanswered.OperationId, Assert.Single(run.Unanswered.Lost)));
    }

    [Fact]
    public void A_request_without_a_marker_can_not_be_known_by_one()
    {
        var run = Replay((FailoverStep.Switch, JournalMoment.Started, null));

        Assert.Null(run.Unanswered.OperationId);
        Assert.NotEmpty(run.Unanswered.Lost);
    }

    [Fact]
    public void A_request_that_was_refused_has_certainly_changed_nothing()
    {
        var run = Replay((FailoverStep.Switch, JournalMoment.Started, "1"), (FailoverStep.Switch, JournalMoment.Failed, null));

        Assert.Empty(run.Unanswered.Lost);
    }

    [Fact]
    public void What_is_done_is_not_done_again_except_the_proof()
    {
        var run = Replay(
            (FailoverStep.Promote, JournalMoment.Done, null),
            (FailoverStep.Switch, JournalMoment.Done, "C1"),
            (FailoverStep.Sync, JournalMoment.Done, null),
            (FailoverStep.Verify, JournalMoment.Done, null));

        Assert.Equal([FailoverStep.Promote, FailoverStep.Switch, FailoverStep.Sync], run.Done.Order());
        Assert.Equal("C1", run.ChangeId);
    }

    [Fact]
    public void A_fence_that_failed_before_the_switch_is_still_warned_of_after_a_resume()
    {
        var run = Replay((FailoverStep.Fence, JournalMoment.Failed, null), (FailoverStep.Switch, JournalMoment.Done, null));

        Assert.Contains("Fence", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_number_is_never_used_twice() =>
        Assert.Equal(5, JournalReplay.NextBatch([
            Entry(FailoverStep.Switch, JournalMoment.Started, "4"), Entry(FailoverStep.Switch, JournalMoment.Started, "2"), Entry(FailoverStep.Switch, JournalMoment.Done, "9"),
        ]));

    private static SiteRun Replay(params (FailoverStep Step, JournalMoment Moment, string? Data)[] entries)
    {
        var run = new SiteRun("OP", Journals.Plan("acme"), TestSites.Acme(), DateTimeOffset.UnixEpoch);
        JournalReplay.Apply(run, [.. entries.Select(static entry => Entry(entry.Step, entry.Moment, entry.Data))]);
        return run;
    }

    private static JournalEntry Entry(FailoverStep step, JournalMoment moment, string? data) =>
        new(1, "OP", "acme", step, moment, DateTimeOffset.UnixEpoch, "What was seen.", data);
}
