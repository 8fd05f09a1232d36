using HostingOps.Engine.Watch.Incidents;

namespace HostingOps.Engine.State;

/// <summary>The incidents of one scope: those that last, and those of the past.</summary>
/// <param name="database">Where they are kept.</param>
/// <param name="scope">Whose they are, see AlertScope.</param>
internal sealed class IncidentRegister(StateDatabase database, string scope)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);
    private const int MostKept = 10_000;

    /// <summary>What people know of and what lasts, oldest first.</summary>
    public IReadOnlyList<HostingIncident> Open() => database.Read(transaction => transaction.Query(
        "SELECT entry_json FROM incidents WHERE scope = $1 AND closed_at IS NULL ORDER BY opened_at, id", static reader => Entry(reader.GetString(0)), scope))
        .Where(static entry => entry.IsTold).Select(static entry => entry.Incident).ToList();

    /// <summary>What people were told of, newest first, also what lasts.</summary>
    /// <param name="first">How many at most.</param>
    public IReadOnlyList<HostingIncident> History(int first) => database.Read(transaction => transaction.Query(
        "SELECT entry_json FROM incidents WHERE scope = $1 ORDER BY opened_at DESC, id DESC LIMIT $2", static reader => Entry(reader.GetString(0)), scope, first))
        .Where(static entry => entry.IsTold || !entry.IsOpen).Select(static entry => entry.Incident).ToList();

    /// <summary>What the book has to remember: all that lasts, and what ended since.</summary>
    public IReadOnlyList<IncidentEntry> Held(DateTimeOffset endedSince) => database.Read(transaction => transaction.Query(
        "SELECT entry_json FROM incidents WHERE scope = $1 AND (closed_at IS NULL OR closed_at >= $2) ORDER BY opened_at, id",
        static reader => Entry(reader.GetString(0)),
        scope,
        StateValue.FromTime(endedSince)));

    /// <summary>Writes what has changed, within a transaction.</summary>
    public static void Save(StateTransaction transaction, string scope, IncidentChanges changes, DateTimeOffset now)
    {
        foreach (var id in changes.Dropped)
        {
            transaction.Execute("DELETE FROM incidents WHERE id = $1 AND scope = $2", id, scope);
        }

        // Those that have ended first: what takes their place may have their cause and subject.
        foreach (var entry in changes.Changed.OrderBy(static entry => entry.IsOpen))
        {
            transaction.Execute(
                """
                INSERT INTO incidents (id, scope, cause, subject, opened_at, closed_at, entry_json) VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (id) DO UPDATE SET
                    cause = excluded.cause, subject = excluded.subject, opened_at = excluded.opened_at, closed_at = excluded.closed_at, entry_json = excluded.entry_json
                """,
                entry.Incident.Id,
                scope,
                entry.Incident.Cause.ToString(),
                entry.Incident.Subject,
                StateValue.FromTime(entry.Incident.OpenedAt),
                entry.Incident.ClosedAt is { } closed ? StateValue.FromTime(closed) : null,
                StateValue.Text(StateValue.ToJson(entry)));
        }

        transaction.Execute("DELETE FROM incidents WHERE closed_at < $1", StateValue.FromTime(now - Kept));
        transaction.Execute(
            "DELETE FROM incidents WHERE closed_at IS NOT NULL AND id NOT IN (SELECT id FROM incidents ORDER BY opened_at DESC LIMIT $1)", MostKept);
    }

    private static IncidentEntry Entry(string json) => StateValue.FromJson<IncidentEntry>(json);
}
