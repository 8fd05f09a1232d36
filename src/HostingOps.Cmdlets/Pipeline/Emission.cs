namespace HostingOps.Cmdlets.Pipeline;

/// <summary>Something that work off the pipeline thread wants done on it.</summary>
internal abstract class Emission
{
    /// <summary>Does it. May throw what the pipeline throws when it is being stopped.</summary>
    public abstract void Deliver(IEmissionSink sink);

    /// <summary>Whether it is pointless once the pipeline wants no more objects.</summary>
    public virtual bool OnlyWhileWanted => false;

    /// <summary>The pipeline has ended, so it will never be done.</summary>
    public virtual void Abandon()
    {
    }
}

/// <summary>An object for the next command.</summary>
internal sealed class OutputEmission(object value) : Emission
{
    public override bool OnlyWhileWanted => true;

    public override void Deliver(IEmissionSink sink) => sink.Output(value);
}

/// <summary>An error that does not end the command.</summary>
internal sealed class ErrorEmission(Exception error, object? target) : Emission
{
    public override void Deliver(IEmissionSink sink) => sink.Error(error, target);
}

/// <summary>A line for the verbose stream.</summary>
internal sealed class VerboseEmission(string message) : Emission
{
    public override void Deliver(IEmissionSink sink) => sink.Verbose(message);
}

/// <summary>A line for the debug stream.</summary>
internal sealed class DebugEmission(string message) : Emission
{
    public override void Deliver(IEmissionSink sink) => sink.Debug(message);
}

/// <summary>A line for the warning stream.</summary>
internal sealed class WarningEmission(string message) : Emission
{
    public string Message => message;

    public override void Deliver(IEmissionSink sink) => sink.Warning(message);
}

/// <summary>How far an activity has come.</summary>
internal sealed class ProgressEmission(OperationProgress progress) : Emission
{
    public override void Deliver(IEmissionSink sink) => sink.Progress(progress);
}

/// <summary>A question that only the pipeline thread can ask, with its answer on the way back.</summary>
internal sealed class QuestionEmission<T>(Func<T> ask) : Emission
{
    // The work must not go on on the pipeline thread, which has to keep draining.
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => answer.Task;

    public override bool OnlyWhileWanted => true;

    public override void Deliver(IEmissionSink sink)
    {
        try
        {
            answer.TrySetResult(ask());
        }
        catch
        {
            answer.TrySetCanceled();
            throw;
        }
    }

    public override void Abandon() => answer.TrySetCanceled();
}
