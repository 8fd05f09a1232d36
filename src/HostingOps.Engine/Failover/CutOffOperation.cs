using System.Runtime.ExceptionServices;

namespace HostingOps.Engine.Failover;

/// <summary>
/// What the operator hears when an operation breaks off in the middle: what happened, which sites are switched by now, and
/// how to go on. The journal has the same, but nobody should have to look there first.
/// </summary>
internal static class CutOffOperation
{
    private const int MostNames = 5;

    /// <summary>Does the work; the error that tells of its failure, or null.</summary>
    /// <param name="work">The work.</param>
    /// <param name="runs">The sites of the operation.</param>
    /// <param name="lockLost">Is cancelled when the sites' locks were lost, which also cancels the work.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<HostingException?> CatchAsync(Func<Task> work, IReadOnlyList<SiteRun> runs, CancellationToken lockLost)
    {
        try
        {
            await work().ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (lockLost.IsCancellationRequested)
        {
            return Explain(LockLost(runs), runs);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return Explain(error, runs);
        }
    }

    /// <summary>The error with what the operation has done so far.</summary>
    public static HostingException Explain(Exception error, IReadOnlyList<SiteRun> runs)
    {
        if (runs.Count == 0)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        var known = error as HostingException;
        var operationId = runs[0].OperationId;
        var done = Parts(
            ("switched", runs.Where(static run => run.Switched)),
            ("perhaps switched", runs.Where(static run => !run.Switched && run.IsSent)),
            ("not switched", runs.Where(static run => !run.Switched && !run.IsSent)));
        var resume = $"Run Resume-SiteFailover -OperationId {operationId}: it finishes what was begun, and repeats no switch.";
        return new HostingException(
            known?.ErrorId ?? ErrorIds.Unexpected,
            known?.Category ?? HostingErrorCategory.NotSpecified,
            operationId,
            $"Operation {operationId} was cut off: {error.Message.TrimEnd('.')}. By then: {done}.",
            known?.RecommendedAction is { Length: > 0 } action ? $"{action} Then: {resume}" : resume,
            error);
    }

    /// <summary>What the operator hears when the operation was stopped.</summary>
    public static string Interrupted(IReadOnlyList<SiteRun> runs)
    {
        var cutOff = Explain(new OperationCanceledException("it was stopped"), runs);
        return $"{cutOff.Message} {cutOff.RecommendedAction} Undo-SiteFailover -OperationId {runs[0].OperationId} takes it back.";
    }

    private static HostingException LockLost(IReadOnlyList<SiteRun> runs) => new(
        ErrorIds.SiteBusy,
        HostingErrorCategory.Conflict,
        runs.Count == 1 ? runs[0].Plan.SiteName : null,
        "the locks on its sites were lost: another process took one after it had run out, or the state database could not be written for too long",
        "See in Get-SiteFailoverHistory who works on the sites, and that the state database's disk is well.");

    private static string Parts(params (string What, IEnumerable<SiteRun> Runs)[] parts) => string.Join("; ", parts
        .Select(static part => (part.What, Names: part.Runs.Select(static run => run.Plan.SiteName).ToArray()))
        .Where(static part => part.Names.Length > 0)
        .Select(static part => FormattableString.Invariant(
            $"{part.Names.Length} {part.What} ({string.Join(", ", part.Names.Take(MostNames))}{(part.Names.Length > MostNames ? ", …" : "")})")));
}
