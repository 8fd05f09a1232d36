using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Tests.Pipeline;

/// <summary>A pipeline that writes down what it is given, with the thread that gave it.</summary>
internal sealed class RecordingSink : IEmissionSink
{
    public List<string> Seen { get; } = [];

    public HashSet<int> Threads { get; } = [];

    public Action<object>? OnOutput { get; init; }

    public Action<OperationProgress>? OnProgress { get; init; }

    public Action<string>? OnWarning { get; init; }

    public void Output(object value)
    {
        Note($"object {value}");
        OnOutput?.Invoke(value);
    }

    public void Error(Exception error, object? target) => Note($"error {error.Message}");

    public void Verbose(string message) => Note($"verbose {message}");

    public void Debug(string message) => Note($"debug {message}");

    public void Warning(string message)
    {
        Note($"warning {message}");
        OnWarning?.Invoke(message);
    }

    public void LastWarning(string message) => Note($"last warning {message}");

    public void Progress(OperationProgress progress)
    {
        Note($"progress {progress.Activity} {progress.PercentComplete}");
        OnProgress?.Invoke(progress);
    }

    private void Note(string text)
    {
        Seen.Add(text);
        Threads.Add(Environment.CurrentManagedThreadId);
    }
}
