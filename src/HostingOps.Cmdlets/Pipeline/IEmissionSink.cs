namespace HostingOps.Cmdlets.Pipeline;

/// <summary>Where emissions end. Called on the pipeline thread only.</summary>
internal interface IEmissionSink
{
    void Output(object value);

    void Error(Exception error, object? target);

    void Verbose(string message);

    void Warning(string message);

    void Progress(OperationProgress progress);
}
