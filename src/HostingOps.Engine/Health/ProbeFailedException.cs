namespace HostingOps.Engine.Health;

/// <summary>Carries a <see cref="ProbeFailure"/> out of the handler's connect callback. Never leaves this folder.</summary>
internal sealed class ProbeFailedException(ProbeFailure failure, Exception? innerException = null)
    : Exception(failure.Reason, innerException)
{
    /// <summary>What went wrong.</summary>
    public ProbeFailure Failure { get; } = failure;
}
