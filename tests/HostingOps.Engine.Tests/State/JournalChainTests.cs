using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.State;
using HostingOps.Testing;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.Tests.State;

public sealed class JournalChainTests : IDisposable
{
    private static readonly string[] Tables = ["operations", "operation_sites", "entries", "journal_head"];

    private readonly TemporaryFolder folder = new();
    private readonly StateDatabase database;
    private readonly FailoverJournal journal;
    private readonly string first;
    private readonly string second;

    public JournalChainTests()
    {
        database = folder.Open();
        journal = new FailoverJournal(database);
        first = journal.Begin(Journals.Operation("acme", "bolt"));
        journal.Switch(first, "acme");
        journal.Finish(first, "acme", FailoverOutcome.Succeeded, "switched and proven", null, Journals.Result(first, "acme"));
        second = journal.Begin(Journals.Operation("corp"));
        journal.Append(second, "corp", FailoverStep.Fence, JournalMoment.Failed, "exit code 1");
        journal.Finish(second, "corp", FailoverOutcome.Failed, "the hook failed", ErrorIds.HookFailed, null);
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void An_untouched_journal_is_intact()
    {
        Assert.Equal(new JournalVerification(8, null, null), journal.Verify());
        journal.EnsureIntact(first);
        journal.EnsureIntact(second);
    }

    [Fact]
    public void Any_edit_of_any_single_column_is_detected()
    {
        using var connection = StateDatabaseTests.Connect(database.Path);
        var cells = Tables.SelectMany(table => Cells(connection, table)).ToList();
        var taken = 0;
        var values = Gen.OneOf(
            Gen.Constant<object>(DBNull.Value),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => (object)text.Get),
            ArbMap.Default.GeneratorFor<long>().Select(number => (object)number),
            ArbMap.Default.GeneratorFor<byte[]>().Where(bytes => bytes is not null).Select(bytes => (object)bytes));
        var edits = Gen.Elements(cells.ToArray()).SelectMany(cell => values.Select(value => (cell, value))).ToArbitrary();

        Prop.ForAll(edits, edit =>
        {
            var ((table, row, column), value) = edit;
            var before = Value(connection, table, row, column);
            if (!TryEdit(connection, table, row, column, value) || Same(before, Value(connection, table, column == RowIdOf(table) ? Convert.ToInt64(value, null) : row, column)))
            {
                return true;
            }

            taken++;
            var verification = journal.Verify();
            Assert.True(TryEdit(connection, table, column == RowIdOf(table) ? Convert.ToInt64(value, null) : row, column, before));
            Assert.True(journal.Verify().Intact);
            return verification is { Intact: false, FirstBrokenSequence: > 0, Problem: not null };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

        Assert.True(taken > 200, $"Only {taken} edits took hold.");
    }

    [Theory]
    [InlineData("UPDATE entries SET detail = 'C2' WHERE sequence = 4", 4)]
    [InlineData("UPDATE entries SET at = '2026-03-01T12:00:01.0000000Z' WHERE sequence = 3", 3)]
    [InlineData("UPDATE operation_sites SET plan_json = replace(plan_json, '198.51.100.7', '198.51.100.8') WHERE site_name = 'bolt'", 2)]
    [InlineData("UPDATE operations SET operator = 'eve@desk' WHERE operator = 'ada@desk'", 1)]
    [InlineData("UPDATE operation_sites SET outcome = 'Succeeded' WHERE site_name = 'bolt'", 9)]
    [InlineData("UPDATE operation_sites SET outcome = 'Failed' WHERE site_name = 'acme'", 5)]
    [InlineData("UPDATE operation_sites SET ended_at = NULL WHERE site_name = 'corp'", 8)]
    public void The_first_broken_entry_is_named(string sql, int broken) => AssertBroken(sql, broken);

    [Theory]
    [InlineData("DELETE FROM entries WHERE sequence = 3", 3)]
    [InlineData("DELETE FROM entries WHERE sequence = 1", 1)]
    [InlineData("DELETE FROM entries WHERE sequence >= 7", 7)]
    [InlineData("DELETE FROM entries", 1)]
    [InlineData("DELETE FROM journal_head", 9)]
    [InlineData("DELETE FROM operation_sites WHERE site_name = 'bolt'", 2)]
    [InlineData("DELETE FROM operations WHERE zone_id = 'Z1'", 1)]
    [InlineData("UPDATE entries SET sequence = 30 WHERE sequence = 8", 8)]
    [InlineData("UPDATE entries SET sequence = -1 WHERE sequence = 1", 1)]
    [InlineData("INSERT INTO operations SELECT 'forged', kind, operator, inventory_path, zone, zone_id, endpoint_url, undo_of, started_at FROM operations LIMIT 1", 9)]
    public void What_was_removed_or_added_is_named(string sql, int broken) => AssertBroken(sql, broken);

    [Fact]
    public void Two_entries_that_changed_places_are_noticed() => AssertBroken(
        "UPDATE entries SET sequence = 100 WHERE sequence = 3; UPDATE entries SET sequence = 3 WHERE sequence = 4; UPDATE entries SET sequence = 4 WHERE sequence = 100",
        3);

    [Fact]
    public void An_edited_operation_is_not_resumed_but_an_untouched_later_one_is()
    {
        StateDatabaseTests.Raw(database.Path, "UPDATE operation_sites SET to_host = 'evil' WHERE site_name = 'bolt'");

        var error = Assert.Throws<HostingException>(() => journal.EnsureIntact(first));

        Assert.Equal((ErrorIds.JournalTampered, HostingErrorCategory.InvalidData), (error.ErrorId, error.Category));
        Assert.Contains("entry 2", error.Message, StringComparison.Ordinal);
        journal.EnsureIntact(second);
        Assert.Equal(ErrorIds.OperationNotFound, Assert.Throws<HostingException>(() => journal.EnsureIntact("nope")).ErrorId);
    }

    [Fact]
    public void A_head_that_was_turned_back_stops_the_next_entry()
    {
        StateDatabaseTests.Raw(database.Path, "UPDATE journal_head SET entry_count = 5");

        var error = Assert.Throws<HostingException>(() => journal.Append(second, "corp", FailoverStep.After, JournalMoment.Started));

        Assert.Equal(ErrorIds.JournalTampered, error.ErrorId);
    }

    [Fact]
    public void Text_of_every_kind_comes_back_as_it_was_and_keeps_the_chain_whole()
    {
        Prop.ForAll<string?, string?>((detail, data) =>
        {
            journal.Append(second, "corp", FailoverStep.After, JournalMoment.Done, detail, data);
            Assert.Equal(StateValue.Text(detail), journal.Entries(second)[^1].Detail);
            Assert.True(journal.Verify().Intact);
        }).QuickCheckThrowOnFailure();
        foreach (var text in new[] { "", "a\0b", "\ud800 alone", "ünï 🎉", new string('x', 100_000) })
        {
            journal.Append(second, "corp", FailoverStep.After, JournalMoment.Done, text);
            journal.Finish(second, "corp", FailoverOutcome.Failed, text, text, null);
            Assert.True(journal.Verify().Intact);
        }
    }

    [Fact]
    public async Task Many_writers_at_once_keep_one_whole_chain()
    {
        const int writers = 6;
        const int rounds = 15;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Factory.StartNew(
            () =>
            {
                using var own = StateDatabase.Open(database.Path, TimeProvider.System, TimeSpan.FromSeconds(60));
                var ownJournal = new FailoverJournal(own);
                for (var round = 0; round < rounds; round++)
                {
                    var id = ownJournal.Begin(Journals.Operation($"site-{writer}"));
                    ownJournal.Switch(id, $"site-{writer}");
                    ownJournal.Finish(id, $"site-{writer}", FailoverOutcome.Succeeded, "done", null, null);
                    ownJournal.EnsureIntact(id);
                }
            },
            TaskCreationOptions.LongRunning)));

        Assert.Equal(new JournalVerification(8 + (writers * rounds * 4), null, null), journal.Verify());
    }

    private void AssertBroken(string sql, int broken)
    {
        StateDatabaseTests.Raw(database.Path, sql);

        var verification = journal.Verify();

        Assert.Equal((false, broken), (verification.Intact, verification.FirstBrokenSequence));
        Assert.NotNull(verification.Problem);
    }

    private static string? RowIdOf(string table) => table switch
    {
        "entries" => "sequence",
        "journal_head" => "id",
        _ => null,
    };

    private static IEnumerable<(string Table, long Row, string Column)> Cells(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT t.rowid, c.name FROM {table} t, pragma_table_info('{table}') c";
        using var reader = command.ExecuteReader();
        var cells = new List<(string, long, string)>();
        while (reader.Read())
        {
            cells.Add((table, reader.GetInt64(0), reader.GetString(1)));
        }

        return cells;
    }

    private static object? Value(SqliteConnection connection, string table, long row, string column)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {column} FROM {table} WHERE rowid = {row}";
        return command.ExecuteScalar();
    }

    private static bool TryEdit(SqliteConnection connection, string table, long row, string column, object? value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE {table} SET {column} = $value WHERE rowid = {row}";
        command.Parameters.AddWithValue("$value", value ?? DBNull.Value);
        try
        {
            return command.ExecuteNonQuery() == 1;
        }
        catch (SqliteException)
        {
            // The schema itself refuses the value: nothing was edited.
            return false;
        }
    }

    private static bool Same(object? one, object? other) =>
        one is byte[] bytes && other is byte[] others ? bytes.AsSpan().SequenceEqual(others) : Equals(one, other);
}
