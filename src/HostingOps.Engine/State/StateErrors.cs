using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>Turns what SQLite and the file system report into errors that say what to do. Nothing here touches the file.</summary>
internal static class StateErrors
{
    // Primary result codes, https://www.sqlite.org/rescode.html
    private const int Error = 1;
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The error that a failed statement means.</summary>
    public static HostingException Translate(SqliteException exception, string path) => exception.SqliteErrorCode switch
    {
        NotADatabase => NotOurs(path, "it is not an SQLite database", exception),
        Corrupt => Damaged(path, exception.Message, exception),
        // Our own application id with tables or columns missing: somebody took the schema apart.
        Error => Damaged(path, exception.Message, exception),
        Busy or Locked => HeldByAnother(path, exception),
        Full => Unavailable(
            path,
            "the disk, or the account's quota on it, is full",
            $"Free some space there, or set ${StateLocation.Variable} to another disk, and try again.",
            exception),
        ReadOnly or Permission => CannotWrite(path, exception),
        CannotOpen => Unavailable(
            path,
            "it cannot be opened",
            $"Check that its folder exists and that this account may read and write there, or set ${StateLocation.Variable} to another file.",
            exception),
        InputOutput => Unavailable(
            path,
            $"the disk failed ({exception.Message})",
            $"Check the disk, or set ${StateLocation.Variable} to a file on a local one; network file systems don't carry the locks.",
            exception),
        _ => Unavailable(
            path,
            exception.Message,
            $"Set ${StateLocation.Variable} to another file if this goes on.",
            exception),
    };

    /// <summary>The error that a failed preparation of folder and file means.</summary>
    public static HostingException Translate(Exception exception, string path) => exception switch
    {
        UnauthorizedAccessException => CannotWrite(path, exception),
        _ => Unavailable(
            path,
            exception.Message.TrimEnd('.'),
            $"Make a folder there that this account may write, or set ${StateLocation.Variable} to another file.",
            exception),
    };

    /// <summary>Another process has the lock and does not give it back in time.</summary>
    public static HostingException HeldByAnother(string path, Exception? exception = null) => Unavailable(
        path,
        "another process holds its lock for longer than HostingOps waits",
        "See which process has the file open, let it finish, and try again.",
        exception);

    /// <summary>The file can be read but not written.</summary>
    public static HostingException CannotWrite(string path, Exception? exception = null) => Unavailable(
        path,
        "this account may not write it, or its disk is mounted read-only",
        $"Give this account write access to the file and its folder, or set ${StateLocation.Variable} to another file.",
        exception);

    /// <summary>The file holds something else.</summary>
    public static HostingException NotOurs(string path, string seen, Exception? exception = null) => new(
        ErrorIds.StateCorrupt,
        HostingErrorCategory.InvalidData,
        path,
        $"'{path}' is not a HostingOps state database: {seen}. It was left as it is.",
        $"Set ${StateLocation.Variable} to another file, or move this one away yourself.",
        exception);

    /// <summary>The file is ours, but its content is damaged.</summary>
    public static HostingException Damaged(string path, string seen, Exception? exception = null) => new(
        ErrorIds.StateCorrupt,
        HostingErrorCategory.InvalidData,
        path,
        $"The state database '{path}' is damaged: {seen.TrimEnd('.')}. It was left as it is.",
        "Move the file and its -wal and -shm companions away and keep them; a new database is made at the next run. "
            + "Operations that were cut off can't be resumed from the new one: look at the records with Get-SiteDnsTarget.",
        exception);

    /// <summary>The file was written by a newer release.</summary>
    public static HostingException TooNew(string path, long found, long known) => new(
        ErrorIds.StateTooNew,
        HostingErrorCategory.InvalidData,
        path,
        FormattableString.Invariant(
            $"The state database '{path}' has schema version {found}; this HostingOps knows versions up to {known}. It was left as it is."),
        $"Update HostingOps on this machine, or set ${StateLocation.Variable} to another file.");

    private static HostingException Unavailable(string path, string seen, string action, Exception? exception) => new(
        ErrorIds.StateUnavailable,
        HostingErrorCategory.ResourceUnavailable,
        path,
        $"The state database '{path}' cannot be used: {seen}.",
        action,
        exception);
}
