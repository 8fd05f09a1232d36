namespace HostingOps.Cmdlets.Pipeline;

/// <summary>
/// The warnings that one invocation of a command has given: each cause once, however many records come down the
/// pipeline. Safe for use from several threads.
/// </summary>
internal sealed class WarningsGiven
{
    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    /// <summary>Whether the warning is new.</summary>
    public bool Add(string message)
    {
        lock (given)
        {
            return given.Add(message);
        }
    }
}
