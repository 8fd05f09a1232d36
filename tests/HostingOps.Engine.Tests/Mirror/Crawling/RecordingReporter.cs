using System.Collections.Concurrent;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

internal sealed class RecordingReporter : IOperationReporter
{
    public ConcurrentQueue<OperationProgress> Told { get; } = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    public ConcurrentQueue<string> Warnings { get; } = new();

    public void Progress(OperationProgress progress) => Told.Enqueue(progress);

    public void Verbose(string message) => Lines.Enqueue(message);

    public void Debug(string message) => Lines.Enqueue(message);

    public void Warning(string message) => Warnings.Enqueue(message);
}
