namespace HostingOps.Cmdlets.Pipeline;

/// <summary>Where emissions end. Called on the pipeline thread only.</summary>
internal interface IEmissionSink
{
    void Output(object value);

    void Error(Exception error, object? target);

    void Verbose(string message);

    void Debug(string message);

    void Warning(string message);

    /// <summary>A warning of work that was stopped: the pipeline takes nothing any more.</summary>
    void LastWarning(string message);

    void Progress(OperationProgress progress);
}
