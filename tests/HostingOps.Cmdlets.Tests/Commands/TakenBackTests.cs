using HostingOps.Cmdlets.Commands.Failover;

namespace HostingOps.Cmdlets.Tests.Commands;

public sealed class TakenBackTests
{
    [Fact]
    public void A_switch_that_an_undo_took_back_names_it_until_the_undo_is_undone()
    {
        var journal = new[]
        {
            Entry("01C", FailoverOutcome.Succeeded, undoOf: "01B"),
            Entry("01B", FailoverOutcome.Succeeded, undoOf: "01A"),
            Entry("01A", FailoverOutcome.Succeeded),
        };

        Assert.Equal("01B", new TakenBack(journal[1..]).By("01A", "acme"));
        Assert.Null(new TakenBack(journal).By("01A", "acme"));
    }

    [Theory]
    [InlineData(FailoverOutcome.Succeeded, 1)]
    [InlineData(FailoverOutcome.SwitchedWithWarnings, 1)]
    [InlineData(FailoverOutcome.InProgress, 1)]
    [InlineData(FailoverOutcome.Unknown, 1)]
    [InlineData(FailoverOutcome.Failed, 0)]
    [InlineData(FailoverOutcome.Conflict, 0)]
    public void What_was_cut_off_counts_as_a_move_and_what_never_moved_does_not(FailoverOutcome outcome, int sites)
    {
        Assert.Equal(sites, new TakenBack([Entry("01A", outcome)]).SitesOf("01A").Count);
    }

    private static FailoverHistoryEntry Entry(string operationId, FailoverOutcome outcome, string? undoOf = null) => new()
    {
        OperationId = operationId,
        SiteName = "acme",
        Kind = undoOf is null ? FailoverKind.Failover : FailoverKind.Undo,
        Outcome = outcome,
        Reason = "Read from the journal.",
        LastStep = FailoverStep.Switch,
        By = "alice@ops-1",
        StartedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Resumable = outcome is FailoverOutcome.InProgress or FailoverOutcome.Unknown,
        UndoOf = undoOf,
    };
}
