using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HostingOps.Engine.State;

/// <summary>
/// The state database: one SQLite file in WAL mode, shared by every HostingOps process of the account. A commit has
/// reached the disk when it returns (synchronous=FULL). Safe for use from several threads. The user's file is never
/// deleted or renamed, whatever is in it.
/// </summary>
internal sealed class StateDatabase : IDisposable
{
    private static readonly TimeSpan DefaultBusyTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(500);

    private readonly object gate = new();
    private readonly Dictionary<string, SqliteCommand> prepared = [];
    private readonly SqliteConnection connection;
    private readonly TimeSpan busyTimeout;
    private bool disposed;
    private volatile bool isHurried;
    private volatile bool isGivenUp;

    private StateDatabase(SqliteConnection connection, string path, TimeProvider time, TimeSpan busyTimeout)
    {
        this.connection = connection;
        this.busyTimeout = busyTimeout;
        Path = path;
        Time = time;
    }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>The clock that stamps what is written.</summary>
    public TimeProvider Time { get; }

    /// <summary>Opens the database, makes it when it is not there, and brings its schema up to date.</summary>
    /// <param name="path">A file, or a folder that gets <c>state.db</c>; null for $HOSTINGOPS_STATE, then the platform's state folder.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="HostingException">
    /// StateCorrupt: not a database, another program's database, or a damaged one. StateTooNew: written by a newer release.
    /// StateUnavailable: permissions, a full disk, or a lock held for longer than 10 s.
    /// </exception>
    public static StateDatabase Open(string? path, TimeProvider time) => Open(path, time, DefaultBusyTimeout);

    /// <summary>The same with another time to wait for locks.</summary>
    public static StateDatabase Open(string? path, TimeProvider time, TimeSpan busyTimeout)
    {
        ArgumentNullException.ThrowIfNull(time);
        var file = StateLocation.Resolve(path);
        StateFile.Prepare(file);
        StateFile.RefuseStump(file);

        SqliteConnection? connection = null;
        try
        {
            connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = SqliteOpenMode.ReadWriteCreate,
                // A pooled connection would keep the file open after Dispose, which Windows users notice.
                Pooling = false,
                ForeignKeys = true,
                // SQLite's own busy handler waits below; the client's retry loop on top of it only needs to give up soon.
                DefaultTimeout = 1,
            }.ToString());
            connection.Open();
            Configure(connection, file, busyTimeout);
            return new StateDatabase(connection, file, time, busyTimeout);
        }
        catch (SqliteException exception)
        {
            connection?.Dispose();
            throw StateErrors.Translate(exception, file);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Has nobody wait any longer for another process's lock, those who wait already included, for the process has to end: the first
    /// who gets none fails within some two seconds, and those after it at once.
    /// </summary>
    public void Hurry() => isHurried = true;

    /// <summary>Runs a reading transaction: all its queries see one state.</summary>
    public T Read<T>(Func<StateTransaction, T> work) => Run(deferred: true, work);

    /// <summary>Runs a writing transaction, which holds the write lock from its first moment (BEGIN IMMEDIATE).</summary>
    public T Write<T>(Func<StateTransaction, T> work) => Run(deferred: false, work);

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<StateTransaction> work) => Write(transaction =>
    {
        work(transaction);
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            foreach (var command in prepared.Values)
            {
                command.Dispose();
            }

            connection.Dispose();
        }
    }

    private T Run<T>(bool deferred, Func<StateTransaction, T> work)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (isGivenUp && !deferred)
            {
                throw StateErrors.HeldByAnother(Path);
            }

            try
            {
                using var transaction = deferred ? connection.BeginTransaction(deferred: true) : BeginWrite();
                var result = work(new StateTransaction(connection, prepared, transaction));
                transaction.Commit();
                return result;
            }
            catch (SqliteException exception)
            {
                throw StateErrors.Translate(exception, Path);
            }
            catch (Exception exception) when (exception is FormatException or System.Text.Json.JsonException)
            {
                throw StateErrors.Damaged(Path, "a stored value cannot be read", exception);
            }
        }
    }

    // SQLite's own wait can't be shortened once it has begun; it is cut into short ones.
    private SqliteTransaction BeginWrite()
    {
        var began = Stopwatch.GetTimestamp();
        raw.sqlite3_busy_timeout(connection.Handle, (int)Math.Min(busyTimeout.TotalMilliseconds, ShortWait.TotalMilliseconds));
        try
        {
            while (true)
            {
                try
                {
                    return connection.BeginTransaction(deferred: false);
                }
                catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_BUSY && !isGivenUp)
                {
                    isGivenUp = isHurried;
                    if (isGivenUp || Stopwatch.GetElapsedTime(began) >= busyTimeout)
                    {
                        throw;
                    }
                }
            }
        }
        finally
        {
            raw.sqlite3_busy_timeout(connection.Handle, (int)busyTimeout.TotalMilliseconds);
        }
    }

    private static void Configure(SqliteConnection connection, string path, TimeSpan busyTimeout)
    {
        Pragma(connection, FormattableString.Invariant($"PRAGMA busy_timeout = {(long)busyTimeout.TotalMilliseconds}"));

        // Judged before anything is written: another program's database must stay byte for byte as it is.
        RefuseStrangers(connection, path);
        if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
        {
            throw StateErrors.CannotWrite(path);
        }

        var found = Number(connection, "PRAGMA user_version");
        if (found > StateSchema.Version)
        {
            throw StateErrors.TooNew(path, found, StateSchema.Version);
        }

        if (Pragma(connection, "PRAGMA quick_check(1)") is not "ok" and var damage)
        {
            throw StateErrors.Damaged(path, damage ?? "the check of its pages gave no answer");
        }

        // Two processes that make the database at once collide here, and SQLite does not always wait by itself.
        Pragma(connection, "PRAGMA journal_mode = WAL", (int)Math.Ceiling(busyTimeout.TotalSeconds));
        Pragma(connection, "PRAGMA synchronous = FULL");
        if (found < StateSchema.Version)
        {
            Migrate(connection, path);
        }
    }

    private static void RefuseStrangers(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        var application = Number(connection, "PRAGMA application_id", transaction);
        var isEmpty = Number(connection, "SELECT count(*) FROM sqlite_schema", transaction) == 0;
        if (application != StateSchema.ApplicationId && !(isEmpty && application == 0))
        {
            throw StateErrors.NotOurs(path, "it is another program's database");
        }
    }

    private static void Migrate(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction(deferred: false);

        // Read again under the write lock: another process may have migrated while this one waited for it.
        var version = Number(connection, "PRAGMA user_version", transaction);
        if (version > StateSchema.Version)
        {
            throw StateErrors.TooNew(path, version, StateSchema.Version);
        }

        for (var step = (int)version; step < StateSchema.Version; step++)
        {
            Execute(connection, StateSchema.Steps[step], transaction);
        }

        Execute(connection, FormattableString.Invariant($"PRAGMA application_id = {StateSchema.ApplicationId}"), transaction);
        Execute(connection, FormattableString.Invariant($"PRAGMA user_version = {StateSchema.Version}"), transaction);
        transaction.Commit();
    }

    private static string? Pragma(SqliteConnection connection, string sql, int? timeoutSeconds = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = timeoutSeconds ?? command.CommandTimeout;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static long Number(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }
}
