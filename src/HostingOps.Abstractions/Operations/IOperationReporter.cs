namespace HostingOps;

/// <summary>
/// Where long work says what it is doing. The cmdlets turn it into PowerShell's streams, the agent into lines.
/// Calls come from any thread and must return quickly.
/// </summary>
public interface IOperationReporter
{
    /// <summary>How far an activity has come.</summary>
    void Progress(OperationProgress progress);

    /// <summary>What is being asked of whom, and what came of it. Never a secret.</summary>
    void Verbose(string message);

    /// <summary>Each request on the wire: for whoever doubts the program, not for whoever uses it. Never a secret.</summary>
    void Debug(string message)
    {
    }

    /// <summary>Something that did not stop the work but wants attention.</summary>
    void Warning(string message);
}
