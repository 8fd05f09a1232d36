namespace HostingOps.Engine.Dns;

/// <summary>Counts the switches on which all servers agree. Called from many threads.</summary>
internal sealed class VerificationProgress(int switches, int servers, IOperationReporter reporter)
{
    private const string Activity = "Asking the name servers";

    private readonly int[] missing = Enumerable.Repeat(servers, switches).ToArray();
    private int done;

    /// <summary>One more server agrees on a switch.</summary>
    public void Agreed(int index)
    {
        if (Interlocked.Decrement(ref missing[index]) == 0)
        {
            reporter.Progress(new OperationProgress { Activity = Activity, Done = Interlocked.Increment(ref done), Total = missing.Length });
        }
    }

    /// <summary>Nobody is asked any more.</summary>
    public void Complete() =>
        reporter.Progress(new OperationProgress { Activity = Activity, Done = done, Total = missing.Length, Completed = true });
}
