namespace HostingOps.Sandbox.Api;

/// <summary>Failures laid in wait for the sandbox's AWS API. Safe for use from several threads.</summary>
public sealed class SandboxFaults
{
    private readonly object gate = new();
    private readonly Dictionary<string, Queue<SandboxApiFault>> waiting = new(StringComparer.Ordinal);

    /// <summary>Lets the next calls of an action fail, after the failures already laid for it.</summary>
    /// <param name="action">The API's action name, for example <c>ChangeResourceRecordSets</c>, or <c>*</c> for any action that has none of its own.</param>
    /// <param name="fault">How they fail.</param>
    /// <param name="count">How many calls, 1 or more.</param>
    public void FailNext(string action, SandboxApiFault fault, int count = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(action);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (gate)
        {
            if (!waiting.TryGetValue(action, out var queue))
            {
                waiting[action] = queue = new Queue<SandboxApiFault>();
            }

            for (var added = 0; added < count; added++)
            {
                queue.Enqueue(fault);
            }
        }
    }

    /// <summary>Takes all waiting failures away.</summary>
    public void Clear()
    {
        lock (gate)
        {
            waiting.Clear();
        }
    }

    /// <summary>The failure for this call, or null.</summary>
    internal SandboxApiFault? Take(string action)
    {
        lock (gate)
        {
            return waiting.TryGetValue(action, out var queue) && queue.TryDequeue(out var own) ? own
                : waiting.TryGetValue("*", out var any) && any.TryDequeue(out var fault) ? fault
                : null;
        }
    }
}
