using HostingOps.Engine.Failover;
using HostingOps.Engine.State;
using HostingOps.Testing;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.Tests.State;

public sealed class StateDatabaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.Combine("state.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_new_database_is_made_with_its_folder_and_only_the_owner_can_read_them()
    {
        var path = System.IO.Path.Combine(folder.Path, "new", "state.db");

        using (var database = StateDatabase.Open(path, Journals.Clock()))
        {
            new FailoverJournal(database).Begin(Journals.Operation("acme"));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal("rwx------", Mode(System.IO.Path.GetDirectoryName(path)!));
                var files = Directory.GetFiles(System.IO.Path.GetDirectoryName(path)!);
                Assert.Equal(3, files.Length);
                foreach (var file in files)
                {
                    Assert.Equal("rw-------", Mode(file));
                }
            }
        }

        Assert.Equal([path], Directory.GetFiles(System.IO.Path.GetDirectoryName(path)!));
        Assert.Equal((StateSchema.ApplicationId, (long)StateSchema.Version), (Number(path, "PRAGMA application_id"), Number(path, "PRAGMA user_version")));
    }

    [Fact]
    public void What_a_process_of_the_same_id_left_when_it_died_in_the_making_keeps_nobody_from_it()
    {
        File.WriteAllText(FormattableString.Invariant($"{Path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.new"), "");

        StateDatabase.Open(Path, Journals.Clock()).Dispose();

        Assert.Equal([Path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_commit_waits_for_the_disk_and_the_log_is_a_write_ahead_log()
    {
        using var database = folder.Open();

        var (synchronous, mode) = database.Read(transaction => (
            transaction.Scalar<long>("PRAGMA synchronous"), transaction.Scalar<string>("PRAGMA journal_mode")));

        Assert.Equal((2, "wal"), (synchronous, mode));
    }

    [Fact]
    public void What_was_committed_survives_a_crash_of_the_machine()
    {
        using var database = folder.Open();
        var id = new FailoverJournal(database).Begin(Journals.Operation("acme"));

        // The files as they are at this moment: no orderly end, no checkpoint.
        using var crashed = new TemporaryFolder();
        foreach (var name in new[] { "state.db", "state.db-wal" })
        {
            using var from = new FileStream(folder.Combine(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var to = File.Create(crashed.Combine(name));
            from.CopyTo(to);
        }

        using var reopened = crashed.Open();
        var journal = new FailoverJournal(reopened);
        Assert.True(Assert.Single(journal.History(new HistoryFilter())).Resumable);
        Assert.Equal("acme", journal.Plan(id, "acme").SiteName);
        journal.EnsureIntact(id);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        foreach (var content in new[] { 1, 99, 511, 512, 513, 1024, 4096, 10000 }.Select(static length => new string('x', length)))
        {
            File.WriteAllText(Path, content);

            var error = Refused(ErrorIds.StateCorrupt);

            Assert.Contains(Path, error.Message, StringComparison.Ordinal);
            Assert.Contains(StateLocation.Variable, error.RecommendedAction, StringComparison.Ordinal);
            Assert.Equal(content, File.ReadAllText(Path));
        }
    }

    [Fact]
    public void Another_programs_database_is_refused_and_left_as_it_is()
    {
        Raw(Path, "CREATE TABLE notes (text TEXT)");
        var before = File.ReadAllBytes(Path);
        Refused(ErrorIds.StateCorrupt);
        Assert.Equal(before, File.ReadAllBytes(Path));

        Raw(Path, "PRAGMA application_id = 42");
        Refused(ErrorIds.StateCorrupt);

        File.Delete(Path);
        Raw(Path, "PRAGMA application_id = 42");
        Refused(ErrorIds.StateCorrupt);
    }

    [Fact]
    public void A_database_with_damaged_pages_is_refused()
    {
        using (var database = folder.Open())
        {
            new FailoverJournal(database).Begin(Journals.Operation([.. Enumerable.Range(0, 50).Select(number => $"site-{number}")]));
        }

        var bytes = File.ReadAllBytes(Path);
        bytes.AsSpan(4096, bytes.Length - 4096).Fill(0xAA);
        File.WriteAllBytes(Path, bytes);

        var error = Refused(ErrorIds.StateCorrupt);

        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(Path));
    }

    [Fact]
    public void A_database_whose_tables_were_taken_away_is_reported_as_damaged()
    {
        folder.Open().Dispose();
        Raw(Path, "DROP TABLE journal_head");

        using var database = folder.Open();

        var error = Assert.Throws<HostingException>(() => new FailoverJournal(database).Begin(Journals.Operation("acme")));
        Assert.Equal(ErrorIds.StateCorrupt, error.ErrorId);
    }

    [Fact]
    public void A_stored_value_that_cannot_be_read_is_reported_as_damaged()
    {
        using var database = folder.Open();
        var journal = new FailoverJournal(database);
        var id = journal.Begin(Journals.Operation("acme"));
        foreach (var sql in new[] { "UPDATE operation_sites SET kind = 'Prank'", "UPDATE operations SET started_at = 'yesterday'" })
        {
            Raw(Path, sql);
            Assert.Equal(ErrorIds.StateCorrupt, Assert.Throws<HostingException>(() => journal.History(new HistoryFilter())).ErrorId);
            Raw(Path, "UPDATE operation_sites SET kind = 'Failover'");
        }

        Raw(Path, "UPDATE operation_sites SET plan_json = '{'");
        Assert.Equal(ErrorIds.StateCorrupt, Assert.Throws<HostingException>(() => journal.Plan(id, "acme")).ErrorId);
        Assert.Equal(ErrorIds.StateCorrupt, Assert.Throws<HostingException>(() => journal.FindOperation(id)).ErrorId);
    }

    [Fact]
    public void A_database_of_a_newer_release_is_refused_and_left_as_it_is()
    {
        folder.Open().Dispose();
        Raw(Path, $"PRAGMA user_version = {StateSchema.Version + 1}");
        var before = File.ReadAllBytes(Path);

        var error = Refused(ErrorIds.StateTooNew);

        Assert.Contains($"version {StateSchema.Version + 1}", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_a_clear_error()
    {
        var file = folder.Write("taken", "");

        var error = Assert.Throws<HostingException>(
            () => StateDatabase.Open(System.IO.Path.Combine(file, "state.db"), TimeProvider.System));

        Assert.Equal((ErrorIds.StateUnavailable, HostingErrorCategory.ResourceUnavailable), (error.ErrorId, error.Category));
    }

    [Fact]
    public void A_folder_where_the_file_should_be_is_a_clear_error()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(folder.Path, "inner", "state.db"));

        var error = Assert.Throws<HostingException>(() => StateDatabase.Open(folder.Combine("inner"), TimeProvider.System));

        Assert.Equal(ErrorIds.StateUnavailable, error.ErrorId);
    }

    [Fact]
    public void A_lock_held_for_longer_than_the_wait_is_a_clear_error_and_nothing_is_written()
    {
        folder.Open().Dispose();
        using var database = StateDatabase.Open(Path, Journals.Clock(), TimeSpan.FromMilliseconds(200));
        var journal = new FailoverJournal(database);
        using (var other = Connect(Path))
        {
            Execute(other, "BEGIN IMMEDIATE");

            var error = Assert.Throws<HostingException>(() => journal.Begin(Journals.Operation("acme")));

            Assert.Equal(ErrorIds.StateUnavailable, error.ErrorId);
            Assert.Contains("another process", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(journal.History(new HistoryFilter()));
        journal.Begin(Journals.Operation("acme"));
    }

    [Fact]
    public void A_full_disk_is_a_clear_error_and_what_was_written_before_stays()
    {
        using var database = folder.Open();
        var journal = new FailoverJournal(database);
        var id = journal.Begin(Journals.Operation("acme"));
        database.Read(transaction => transaction.Scalar<long>("PRAGMA max_page_count = 1"));

        var error = Assert.Throws<HostingException>(() =>
            journal.Append(id, "acme", FailoverStep.Fence, JournalMoment.Done, new string('x', 100_000)));

        Assert.Equal(ErrorIds.StateUnavailable, error.ErrorId);
        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        Assert.Single(journal.Entries(id));
        database.Read(transaction => transaction.Scalar<long>("PRAGMA max_page_count = 1000000"));
        journal.Append(id, "acme", FailoverStep.Fence, JournalMoment.Done);
        Assert.True(journal.Verify().Intact);
    }

    [Fact]
    public async Task Many_can_open_and_migrate_a_new_database_at_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var path = folder.Combine($"{round}.db");
            using var start = new Barrier(8);
            var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    Assert.True(start.SignalAndWait(Eventually.Patience));
                    return StateDatabase.Open(path, TimeProvider.System);
                },
                TaskCreationOptions.LongRunning)));

            Assert.All(opened, database => Assert.Equal(1, database.Read(transaction => transaction.Scalar<long>("SELECT count(*) FROM journal_head"))));
            Assert.All(opened, database => database.Dispose());
        }

        Assert.DoesNotContain(Directory.GetFiles(folder.Path), file => file.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact]
    public void A_disposed_database_says_so()
    {
        var database = folder.Open();
        database.Dispose();
        database.Dispose();

        Assert.Throws<ObjectDisposedException>(() => new FailoverJournal(database).Verify());
    }

    internal static void Raw(string path, string sql)
    {
        using var connection = Connect(path);
        Execute(connection, sql);
    }

    internal static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(string path, string sql)
    {
        using var connection = Connect(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static string Mode(string path)
    {
        var mode = (int)File.GetUnixFileMode(path);
        return string.Concat(Enumerable.Range(0, 9).Select(bit => (mode & (256 >> bit)) != 0 ? "rwx"[bit % 3] : '-'));
    }

    private HostingException Refused(string errorId)
    {
        var error = Assert.Throws<HostingException>(() => StateDatabase.Open(Path, Journals.Clock()));
        Assert.Equal(errorId, error.ErrorId);
        Assert.NotNull(error.RecommendedAction);
        return error;
    }
}
