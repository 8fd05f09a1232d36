using HostingOps.Cmdlets.Commands.Failover;

namespace HostingOps.Cmdlets.Tests.Commands;

public sealed class TakenBackTests
{
    [Fact]
    public void Only_sites_that_were_switched_can_be_taken_back()
    {
        var journal = new TakenBack([Entry("A1", "acme"), Entry("A1", "bakery", FailoverOutcome.Refused), Entry("B2", "clinic")]);

        Assert.Equal(["acme"], journal.SitesOf("A1"));
        Assert.Empty(journal.SitesOf("C3"));
    }

    [Theory]
    [InlineData(FailoverOutcome.SwitchedWithWarnings, 1)]
    [InlineData(FailoverOutcome.InProgress, 1)]
    [InlineData(FailoverOutcome.Unknown, 1)]
    [InlineData(FailoverOutcome.Failed, 0)]
    [InlineData(FailoverOutcome.Conflict, 0)]
    public void What_was_cut_off_counts_as_a_move_and_what_never_moved_does_not(FailoverOutcome outcome, int sites) =>
        Assert.Equal(sites, new TakenBack([Entry("A1", "acme", outcome)]).SitesOf("A1").Count);

    [Fact]
    public void A_switch_is_taken_back_by_the_undo_of_its_own_site()
    {
        var journal = new TakenBack([Entry("B2", "acme", undoOf: "A1"), Entry("A1", "acme"), Entry("A1", "clinic")]);

        Assert.Equal("B2", journal.By("A1", "acme"));
        Assert.Null(journal.By("A1", "clinic"));
    }

    [Fact]
    public void An_undo_that_did_not_switch_takes_nothing_back() =>
        Assert.Null(new TakenBack([Entry("B2", "acme", FailoverOutcome.Conflict, "A1"), Entry("A1", "acme")]).By("A1", "acme"));

    [Fact]
    public void A_switch_whose_undo_was_undone_can_be_taken_back_again()
    {
        var journal = new TakenBack([Entry("C3", "acme", undoOf: "B2"), Entry("B2", "acme", undoOf: "A1"), Entry("A1", "acme")]);

        Assert.Null(journal.By("A1", "acme"));
        Assert.Equal("C3", journal.By("B2", "acme"));
    }

    private static FailoverHistoryEntry Entry(
        string id, string site, FailoverOutcome outcome = FailoverOutcome.Succeeded, string? undoOf = null) => new()
    {
        OperationId = id,
        SiteName = site,
        Kind = undoOf is null ? FailoverKind.Failover : FailoverKind.Undo,
        Outcome = outcome,
        Reason = "",
        LastStep = FailoverStep.Finish,
        By = "ops@desk",
        StartedAt = DateTimeOffset.UnixEpoch,
        Resumable = outcome is FailoverOutcome.InProgress or FailoverOutcome.Unknown,
        UndoOf = undoOf,
    };
}
