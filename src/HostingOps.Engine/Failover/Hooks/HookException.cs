namespace HostingOps.Engine.Failover.Hooks;

/// <summary>A hook that failed or timed out (ids HookFailed, HookTimedOut), with what it did until then for the journal.</summary>
internal sealed class HookException : HostingException
{
    /// <summary>Creates the error.</summary>
    public HookException(
        string errorId, HostingErrorCategory category, string target, string message, string action, HookResult result, Exception? inner = null)
        : base(errorId, category, target, message, action, inner) => Result = result;

    /// <summary>What the hook did until then.</summary>
    public HookResult Result { get; }
}
