namespace HostingOps.Engine.DynamicDns;

/// <summary>Runs updates one after the other until it is stopped. A run that fails is told, and the next one comes all the same.</summary>
/// <param name="time">The clock of the pauses.</param>
/// <param name="random">Spreads the pauses, so that machines that were started together do not ask together.</param>
public sealed class DynamicDnsWatch(TimeProvider time, Random random)
{
    private readonly Dictionary<(string Record, PublicAddressFamily Family), (DynamicDnsOutcome Outcome, string? To, string? Gates)> told = [];

    /// <summary>Runs until cancelled; cancellation between two runs is its normal end, and is not thrown.</summary>
    /// <param name="round">One run.</param>
    /// <param name="failed">Is told of a run that failed.</param>
    /// <param name="interval">The pause between two runs; up to a twentieth more or less.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled within a run.</exception>
    public async Task RunAsync(
        Func<CancellationToken, Task> round, Func<HostingException, Task> failed, TimeSpan interval, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await round(cancellationToken).ConfigureAwait(false);
            }
            catch (HostingException error)
            {
                await failed(error).ConfigureAwait(false);
            }

            try
            {
                await Task.Delay(interval * (0.95 + (random.NextDouble() / 10)), time, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Whether a result says something that the one before it, of that record and family, did not.</summary>
    public bool IsNews(DynamicDnsResult result)
    {
        var key = (result.Record, result.AddressFamily);
        var shut = string.Join(',', result.Gates.Where(static gate => gate.Outcome != GateOutcome.Passed).Select(static gate => gate.Name));
        var now = (result.Outcome, result.To, (string?)shut);
        var known = told.TryGetValue(key, out var before) && before == now;
        told[key] = now;
        return !known || result.Outcome is DynamicDnsOutcome.Updated or DynamicDnsOutcome.UpdatedUnproven
            || result.UplinkChange is { Completed: true } or { Failovers.Count: > 0 };
    }
}
