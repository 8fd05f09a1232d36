namespace HostingOps.Engine.State;

/// <summary>Where a watcher can be asked, and how many alerts wait: what a status needs beside the verdicts.</summary>
/// <param name="database">Where it is kept.</param>
internal sealed class WatchStatusRegister(StateDatabase database)
{
    // What was given up stays in the outbox for months; as a figure it is news for a day.
    private static readonly TimeSpan GivenUpCounts = TimeSpan.FromDays(1);

    /// <summary>Writes down where this process's run can be asked, or that it can't.</summary>
    public void Serve(string zone, Uri? url) => database.Write(transaction => transaction.Execute(
        "UPDATE watch_runs SET endpoint = $3 WHERE zone = $1 AND process_id = $2 AND ended_at IS NULL",
        StateValue.ZoneKey(zone),
        (long)Environment.ProcessId,
        url?.ToString()));

    /// <summary>Where a run can be asked, or null.</summary>
    public Uri? Endpoint(string runId) => database.Read(transaction =>
        transaction.Scalar<string>("SELECT endpoint FROM watch_runs WHERE id = $1", runId)) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : null;

    /// <summary>Deliveries that wait, and those that were given up within a day.</summary>
    public long Undelivered(string scope) => database.Read(transaction => transaction.Scalar<long>(
        "SELECT count(*) FROM alert_deliveries WHERE scope = $1 AND (outcome = 'Waiting' OR (outcome = 'Undelivered' AND ended_at >= $2))",
        scope,
        StateValue.FromTime(database.Time.GetUtcNow() - GivenUpCounts)));
}
