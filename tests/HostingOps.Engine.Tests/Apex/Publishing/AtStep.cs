using System.Text.RegularExpressions;

namespace HostingOps.Engine.Tests.Apex.Publishing;

/// <summary>Acts when a publish begins a step.</summary>
internal sealed class AtStep(ApexPublishStep step, Action act) : IOperationReporter
{
    private int acted;

    public System.Collections.Concurrent.ConcurrentQueue<string> Warnings { get; } = new();

    public void Progress(OperationProgress progress)
    {
        if (progress.CurrentItem is { } item && Regex.IsMatch(item, $": {step}$", RegexOptions.CultureInvariant) && Interlocked.Exchange(ref acted, 1) == 0)
        {
            act();
        }
    }

    public void Verbose(string message)
    {
    }

    public void Warning(string message) => Warnings.Enqueue(message);
}
