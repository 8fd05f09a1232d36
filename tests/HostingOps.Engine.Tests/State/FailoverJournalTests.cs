using System.Buffers.Binary;
using HostingOps.Engine.Failover;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.State;

public sealed class FailoverJournalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = Journals.Clock();
    private readonly StateDatabase database;
    private readonly FailoverJournal journal;

    public FailoverJournalTests()
    {
        database = folder.Open(clock);
        journal = new FailoverJournal(database);
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void An_operation_that_was_cut_off_is_found_again_with_its_whole_plan()
    {
        var id = journal.Begin(Journals.Operation("acme", "bolt"));
        journal.Append(id, "acme", FailoverStep.Switch, JournalMoment.Started, dataJson: """{"batch":1}""");
        database.Dispose();

        using var later = folder.Open(clock);
        var found = new FailoverJournal(later).FindOperation(id)!;

        Assert.Equal(["acme", "bolt"], found.Sites.Select(site => site.SiteName));
        Assert.Equal(("ada@desk", Journals.Zone, "Z1", "http://127.0.0.1:4566", "01EARLIER"), (found.By, found.Zone, found.ZoneId, found.EndpointUrl, found.UndoOf));
        Assert.Equal(clock.GetUtcNow(), found.StartedAt);
        Assert.All(found.Sites, site => Assert.True(site.Resumable));
        var (expected, actual) = (Journals.Plan("acme"), found.Sites[0].Plan);
        Assert.Equal(StateValue.ToJson(expected), StateValue.ToJson(actual));
        Assert.Equal(expected.Change!.Before, actual.Change!.Before);
        Assert.Equal(expected.Change.After, actual.Change.After);
        Assert.Equal(expected.Gates, actual.Gates);
        Assert.Equal(expected.Hooks[0].Argv, actual.Hooks[0].Argv);
        Assert.Equal(expected.Observations, actual.Observations);
        Assert.Equal(expected.Allowed, actual.Allowed);
        Assert.Equal(expected.CreatedAt, actual.CreatedAt);
        var last = new FailoverJournal(later).Entries(id, "acme")[^1];
        Assert.Equal((FailoverStep.Switch, JournalMoment.Started, """{"batch":1}"""), (last.Step, last.Moment, last.DataJson));
    }

    [Fact]
    public void Beginning_writes_a_plan_entry_for_each_site()
    {
        var id = journal.Begin(Journals.Operation("acme", "bolt"));

        var entries = journal.Entries(id);

        Assert.Equal([(1L, "acme"), (2L, "bolt")], entries.Select(entry => (entry.Sequence, entry.SiteName)));
        Assert.All(entries, entry => Assert.Equal((FailoverStep.Plan, JournalMoment.Done), (entry.Step, entry.Moment)));
    }

    [Fact]
    public void A_finished_site_keeps_its_outcome_and_its_result()
    {
        var id = journal.Begin(Journals.Operation("acme", "bolt"));
        clock.Advance(TimeSpan.FromSeconds(7));

        journal.Finish(id, "acme", FailoverOutcome.Succeeded, "switched and proven", null, Journals.Result(id, "acme"));

        var site = journal.FindOperation(id)!.Sites[0];
        Assert.Equal((FailoverOutcome.Succeeded, "switched and proven", false), (site.Outcome, site.Reason, site.Resumable));
        Assert.Equal(clock.GetUtcNow(), site.EndedAt);
        Assert.Equal(StateValue.ToJson(Journals.Result(id, "acme")), StateValue.ToJson(journal.Result(id, "acme")!));
        Assert.Null(journal.Result(id, "bolt"));
        Assert.Equal(FailoverStep.Finish, journal.Entries(id, "acme")[^1].Step);
        Assert.True(journal.Verify().Intact);
    }

    [Fact]
    public void An_unknown_outcome_can_be_finished_again_once_it_is_known()
    {
        var id = journal.Begin(Journals.Operation("acme"));
        journal.Finish(id, "acme", FailoverOutcome.Unknown, "no answer", ErrorIds.ChangeOutcomeUnknown, null);
        Assert.True(journal.FindOperation(id)!.Sites[0].Resumable);

        journal.Finish(id, "acme", FailoverOutcome.Succeeded, "it had happened", null, null);

        var site = journal.FindOperation(id)!.Sites[0];
        Assert.Equal((FailoverOutcome.Succeeded, null, false), (site.Outcome, site.ErrorId, site.Resumable));
        Assert.True(journal.Verify().Intact);
    }

    [Fact]
    public void The_beginning_of_an_id_finds_the_operation_when_only_one_begins_so()
    {
        journal.Begin(Journals.Operation("acme") with { Id = "01ABC" });
        journal.Begin(Journals.Operation("acme") with { Id = "01ABD" });
        journal.Begin(Journals.Operation("acme") with { Id = "01ABDX" });

        Assert.Equal("01ABC", journal.FindOperation("01abc")!.Id);
        Assert.Equal("01ABDX", journal.FindOperation("01ABDX")!.Id);
        Assert.Equal("01ABD", journal.FindOperation("01ABD")!.Id);
        Assert.Null(journal.FindOperation("02"));
        Assert.Null(journal.FindOperation("%"));
        var error = Assert.Throws<HostingException>(() => journal.FindOperation("01AB"));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("01ABDX", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_for_what_the_journal_does_not_know_is_refused_and_nothing_is_written()
    {
        var id = journal.Begin(Journals.Operation("acme"));

        var site = Assert.Throws<HostingException>(() => journal.AppendMany(
            id,
            [new("acme", FailoverStep.Fence, JournalMoment.Started), new("bolt", FailoverStep.Fence, JournalMoment.Started)]));
        var operation = Assert.Throws<HostingException>(() => journal.Finish("nope", "acme", FailoverOutcome.Failed, "", null, null));

        Assert.Equal((ErrorIds.OperationNotFound, ErrorIds.OperationNotFound), (site.ErrorId, operation.ErrorId));
        Assert.Equal(ErrorIds.OperationNotFound, Assert.Throws<HostingException>(() => journal.Plan(id, "bolt")).ErrorId);
        Assert.Single(journal.Entries(id));
        Assert.True(journal.Verify().Intact);
    }

    [Fact]
    public void An_operation_without_sites_or_with_a_used_id_or_a_site_twice_is_refused()
    {
        journal.Begin(Journals.Operation("acme") with { Id = "X1" });

        foreach (var operation in new[]
        {
            Journals.Operation(),
            Journals.Operation("acme", "acme"),
            Journals.Operation("acme") with { Id = "X1" },
            Journals.Operation("acme") with { Id = "no spaces" },
        })
        {
            Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => journal.Begin(operation)).ErrorId);
        }

        Assert.Single(journal.History(new HistoryFilter()));
    }

    [Fact]
    public void Moves_are_known_by_zone_and_site_from_their_beginning_and_switches_from_when_they_were_made()
    {
        var first = journal.Begin(Journals.Operation("acme", "bolt"));
        journal.Switch(first, "acme");
        journal.Append(first, "bolt", FailoverStep.Switch, JournalMoment.Started);
        clock.Advance(TimeSpan.FromMinutes(10));
        var elsewhere = journal.Begin(Journals.Operation("acme") with { Zone = "Other.Example." });
        journal.Switch(elsewhere, "acme");

        var moves = journal.MovesSince("SITES.example.net.", clock.GetUtcNow() - TimeSpan.FromMinutes(10));
        journal.Finish(first, "bolt", FailoverOutcome.Failed, "A hook failed.", ErrorIds.HookFailed, null);
        var only = Assert.Single(journal.MovesSince(Journals.Zone, clock.GetUtcNow() - TimeSpan.FromMinutes(10)));

        Assert.Equal(["acme", "bolt"], moves.Select(static move => move.SiteName).Order());
        Assert.Equal((first, "acme", "do-1", "li-1", FailoverKind.Failover), (only.OperationId, only.SiteName, only.From, only.To, only.Kind));
        Assert.Equal(clock.GetUtcNow() - TimeSpan.FromMinutes(10), only.At);
        Assert.Empty(journal.MovesSince(Journals.Zone, clock.GetUtcNow() - TimeSpan.FromMinutes(9)));
        Assert.Equal(clock.GetUtcNow() - TimeSpan.FromMinutes(10), journal.LastSwitches(Journals.Zone)["acme"]);
        Assert.Equal(clock.GetUtcNow(), journal.LastSwitches("other.example")["acme"]);
        Assert.DoesNotContain("bolt", journal.LastSwitches(Journals.Zone).Keys);
    }

    [Fact]
    public void History_is_newest_first_and_takes_every_filter()
    {
        var first = journal.Begin(Journals.Operation("acme", "bolt"));
        journal.Finish(first, "acme", FailoverOutcome.Succeeded, "done", null, null);
        clock.Advance(TimeSpan.FromHours(1));
        var second = journal.Begin(Journals.Operation("acme-shop") with { Zone = "other.example" });
        journal.Append(second, "acme-shop", FailoverStep.Fence, JournalMoment.Started);

        IEnumerable<string> Sites(HistoryFilter filter, string? zone = null) => journal.History(filter, zone).Select(entry => entry.SiteName);

        Assert.Equal(["acme-shop", "acme", "bolt"], Sites(new HistoryFilter()));
        Assert.Equal(["acme-shop", "acme"], Sites(new HistoryFilter { First = 2 }));
        Assert.Empty(Sites(new HistoryFilter { First = 0 }));
        Assert.Equal(["acme-shop", "acme"], Sites(new HistoryFilter { Sites = ["ACME*"] }));
        Assert.Equal(["acme-shop", "bolt"], Sites(new HistoryFilter { ResumableOnly = true }));
        Assert.Equal(["acme-shop"], Sites(new HistoryFilter { Since = clock.GetUtcNow() }));
        Assert.Equal(["acme", "bolt"], Sites(new HistoryFilter { OperationId = first }));
        Assert.Equal(["acme", "bolt"], Sites(new HistoryFilter(), Journals.Zone));
        var entry = journal.History(new HistoryFilter { First = 1 })[0];
        Assert.Equal((FailoverStep.Fence, FailoverOutcome.InProgress, true), (entry.LastStep, entry.Outcome, entry.Resumable));
        Assert.Equal("Cooldown: the client is on the phone", entry.Overrides);
        Assert.Equal(("do-1", "li-1", "ada@desk", "01EARLIER", "/srv/hosting.yml"), (entry.From, entry.To, entry.By, entry.UndoOf, entry.InventoryPath));
    }

    [Fact]
    public void Ids_are_26_characters_and_sort_by_time_even_within_a_millisecond_and_when_the_clock_steps_back()
    {
        var falling = 255;
        var ids = new OperationIdSource(clock, bytes => Array.Fill(bytes, (byte)falling--));
        var made = new List<string>();
        for (var count = 0; count < 50; count++)
        {
            made.Add(ids.Next());
            clock.Advance(TimeSpan.FromMilliseconds(count % 3 == 0 ? -1 : 1));
        }

        Assert.All(made, id => Assert.Matches("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", id));
        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.Equal(50, made.Distinct().Count());
    }

    [Fact]
    public void Five_thousand_sites_are_written_in_a_handful_of_commits()
    {
        var sites = Enumerable.Range(0, 5000).Select(number => $"site-{number:0000}").ToArray();
        database.Write(transaction => transaction.Query("PRAGMA wal_autocheckpoint = 0", reader => reader.GetInt64(0)));
        var before = Commits();

        var id = journal.Begin(Journals.Operation(sites));
        journal.AppendMany(id, sites.Select(site => new JournalNote(site, FailoverStep.Switch, JournalMoment.Started)));
        journal.AppendMany(id, sites.Select(site => new JournalNote(site, FailoverStep.Switch, JournalMoment.Done)));
        journal.FinishMany(id, sites.Select(site => new JournalEnding(site, FailoverOutcome.Succeeded, "done")));

        // Each commit waits for the disk: that is what bounds the time.
        Assert.Equal(before + 4, Commits());
        Assert.Equal(20000, journal.Verify().EntryCount);
        Assert.True(journal.Verify().Intact);
        Assert.Equal(5000, journal.FindOperation(id)!.Sites.Count);
        Assert.Equal(5000, journal.MovesSince(Journals.Zone, clock.GetUtcNow()).Count);
    }

    // A frame of the write-ahead log that ends a transaction holds the database's size, others 0 (sqlite.org/fileformat2.html §4.1).
    private int Commits()
    {
        using var log = new FileStream(database.Path + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = new byte[32];
        log.ReadExactly(header);
        var page = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8));
        var frame = new byte[24 + page];
        var commits = 0;
        while (log.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            commits += BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(4)) != 0 ? 1 : 0;
        }

        return commits;
    }
}
