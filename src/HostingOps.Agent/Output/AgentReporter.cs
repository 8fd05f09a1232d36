using HostingOps.Agent.Terminal;

namespace HostingOps.Agent.Output;

/// <summary>Turns what the engine reports into lines on stderr.</summary>
internal sealed class AgentReporter(ErrorView errors, ProgressLine progress, bool verbose) : IOperationReporter
{
    public void Progress(OperationProgress progressSoFar) => progress.Show(progressSoFar);

    public void Verbose(string message)
    {
        if (verbose)
        {
            errors.Note(message);
        }
    }

    public void Warning(string message) => errors.Warning(message);
}
