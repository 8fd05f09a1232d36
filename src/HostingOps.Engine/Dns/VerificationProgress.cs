using HostingOps.Engine.Failover;
using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Dns;

/// <summary>Counts the switches on which all servers agree. Called from many threads.</summary>
internal sealed class VerificationProgress(IReadOnlyList<string> sites, int servers, IOperationReporter reporter, TimeProvider time) : IDisposable
{
    private readonly ActivityProgress progress = new(reporter, time, MoveProgress.Asking, sites.Count, MoveProgress.Proving);
    private readonly int[] missing = Enumerable.Repeat(servers, sites.Count).ToArray();

    /// <summary>A server has answered about a switch.</summary>
    public void Answered(int index, ServerAnswer answer)
    {
        reporter.Verbose($"{sites[index]}: name server {answer.Server} says {answer.Seen} ({(answer.Ok ? "as wanted" : "not yet as wanted")}).");
        if (answer.Ok && Interlocked.Decrement(ref missing[index]) == 0)
        {
            progress.Advance(sites[index]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => progress.Dispose();
}
