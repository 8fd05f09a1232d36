namespace HostingOps.Engine.State;

/// <summary>Who is at work, as the journal and the marker record name them.</summary>
internal static class OperatorIdentity
{
    private const string WatcherMark = "/watch";

    /// <summary><c>user@machine</c> of this process; <c>unknown</c> for a user id without a name, as containers have.</summary>
    public static string Current()
    {
        var user = Environment.UserName;
        return $"{(string.IsNullOrWhiteSpace(user) ? "unknown" : user)}@{Environment.MachineName}";
    }

    /// <summary><c>user@machine/watch</c>: a watcher of this user, with nobody asked.</summary>
    public static string Watcher() => Current() + WatcherMark;

    /// <summary>Whether a watcher began it. A machine's name has no slash.</summary>
    public static bool IsWatcher(string by) => by.EndsWith(WatcherMark, StringComparison.Ordinal);
}
