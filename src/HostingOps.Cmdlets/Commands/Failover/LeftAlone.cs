namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>What came down the pipeline and needed nothing, for one warning in place of one per row.</summary>
internal sealed class LeftAlone
{
    private const int Shown = 3;
    private readonly List<string> items = [];

    /// <summary>Adds an item in words: what it is and, in brackets, why nothing was done.</summary>
    public void Add(string item) => items.Add(item);

    /// <summary>Gives the warning, when there is something to tell.</summary>
    public void Warn(IOperationReporter reporter)
    {
        foreach (var item in items)
        {
            reporter.Verbose($"Left alone: {item}.");
        }

        if (items.Count > 0)
        {
            var more = items.Count > Shown ? FormattableString.Invariant($" and {items.Count - Shown} more; -Verbose names them") : "";
            reporter.Warning($"Left alone: {string.Join(", ", items.Take(Shown))}{more}.");
        }
    }
}
