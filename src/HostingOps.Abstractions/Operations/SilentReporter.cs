namespace HostingOps;

/// <summary>A reporter that keeps quiet.</summary>
public sealed class SilentReporter : IOperationReporter
{
    /// <summary>The only one needed.</summary>
    public static SilentReporter Instance { get; } = new();

    private SilentReporter()
    {
    }

    /// <inheritdoc/>
    public void Progress(OperationProgress progress)
    {
    }

    /// <inheritdoc/>
    public void Verbose(string message)
    {
    }

    /// <inheritdoc/>
    public void Warning(string message)
    {
    }
}
