using System.Text.Json;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Verdicts;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>What the watcher keeps: verdicts with their counts, the routing that was last known, and its runs.</summary>
/// <param name="database">Where it is kept.</param>
internal sealed class WatchRegister(StateDatabase database)
{
    private const string RunColumns =
        "id, zone, inventory_path, operator, process_id, is_single, expected_every_seconds, began_at, seen_at, ended_at, ending";

    private static readonly TimeSpan RunsKept = TimeSpan.FromDays(30);

    /// <summary>What is held of each target of a zone: the verdict, and the last check as far as it was saved.</summary>
    public IReadOnlyList<SavedTarget> Targets(string zone) => database.Read(transaction => transaction.Query(
        "SELECT site_name, host_name, role, verdict_json, health_json, saved_at, leads_to FROM watch_targets WHERE zone = $1 ORDER BY site_name, host_name",
        static reader => new SavedTarget(
            reader.GetString(0),
            reader.GetString(1),
            StateValue.ToEnum<WatchRole>(reader.GetString(2)),
            TargetVerdictJson.Read(reader.GetString(3)),
            reader.TextOrNull(4) is { } json ? Health(json) : null,
            StateValue.ToTime(reader.GetString(5)),
            reader.TextOrNull(6)),
        StateValue.ZoneKey(zone)));

    /// <summary>Keeps what is held of these targets now, all of it or none.</summary>
    public void Save(string zone, IReadOnlyList<WatchedTarget> targets)
    {
        var key = StateValue.ZoneKey(zone);
        database.Write(transaction =>
        {
            var now = Now();
            foreach (var held in targets)
            {
                transaction.Execute(
                    """
                    INSERT INTO watch_targets (zone, site_name, host_name, role, state, verdict_json, health_json, saved_at, leads_to)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                    ON CONFLICT (zone, site_name, host_name) DO UPDATE SET
                        role = excluded.role, state = excluded.state, verdict_json = excluded.verdict_json,
                        health_json = coalesce(excluded.health_json, health_json), saved_at = excluded.saved_at, leads_to = excluded.leads_to
                    """,
                    key,
                    held.Target.Site.Name,
                    held.Target.Host.Name,
                    held.Target.Role.ToString(),
                    held.Verdict.State.ToString(),
                    StateValue.Text(TargetVerdictJson.Write(held.Verdict)),
                    held.Last is { } health ? StateValue.Text(StateValue.ToJson(health)) : null,
                    now,
                    StateValue.Text(HostDestination.Of(held.Target.Host)));
            }
        });
    }

    /// <summary>Forgets the targets of a zone that are watched no more.</summary>
    public void Keep(string zone, IReadOnlySet<(string Site, string Host)> watched)
    {
        var key = StateValue.ZoneKey(zone);
        database.Write(transaction =>
        {
            var saved = transaction.Query(
                "SELECT site_name, host_name FROM watch_targets WHERE zone = $1", static reader => (reader.GetString(0), reader.GetString(1)), key);
            foreach (var (site, host) in saved.Where(saved => !watched.Contains(saved)))
            {
                transaction.Execute("DELETE FROM watch_targets WHERE zone = $1 AND site_name = $2 AND host_name = $3", key, site, host);
            }
        });
    }

    /// <summary>The active host of each site as it was last read from Route 53.</summary>
    public IReadOnlyDictionary<string, string> Routing(string zone) => database.Read(transaction => transaction.Query(
        "SELECT site_name, active_host FROM watch_routing WHERE zone = $1",
        static reader => (Site: reader.GetString(0), Host: reader.GetString(1)),
        StateValue.ZoneKey(zone))).ToDictionary(static row => row.Site, static row => row.Host, StringComparer.Ordinal);

    /// <summary>Keeps the active hosts in place of all that was kept of the zone.</summary>
    public void SaveRouting(string zone, IReadOnlyDictionary<string, string> routing)
    {
        var key = StateValue.ZoneKey(zone);
        database.Write(transaction =>
        {
            transaction.Execute("DELETE FROM watch_routing WHERE zone = $1", key);
            var now = Now();
            foreach (var (site, host) in routing)
            {
                transaction.Execute("INSERT INTO watch_routing (zone, site_name, active_host, read_at) VALUES ($1, $2, $3, $4)", key, site, host, now);
            }
        });
    }

    /// <summary>Writes down that a run begins.</summary>
    public void Begin(WatchRun run) => database.Write(transaction =>
    {
        transaction.Execute("DELETE FROM watch_runs WHERE began_at < $1", StateValue.FromTime(database.Time.GetUtcNow() - RunsKept));
        transaction.Execute(
            $"INSERT INTO watch_runs ({RunColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL)",
            run.Id,
            StateValue.ZoneKey(run.Zone),
            StateValue.Text(run.InventoryPath),
            run.Operator,
            (long)run.ProcessId,
            run.IsSingle ? 1L : 0L,
            run.ExpectedEvery?.TotalSeconds,
            StateValue.FromTime(run.BeganAt),
            StateValue.FromTime(run.SeenAt));
    });

    /// <summary>Writes down that a run lives.</summary>
    public void Live(string runId) => database.Write(transaction =>
        transaction.Execute("UPDATE watch_runs SET seen_at = $2 WHERE id = $1", runId, Now()));

    /// <summary>Writes down how a run ended.</summary>
    public void End(string runId, string ending) => database.Write(transaction =>
        transaction.Execute("UPDATE watch_runs SET seen_at = $2, ended_at = $2, ending = $3 WHERE id = $1", runId, Now(), StateValue.Text(ending)));

    /// <summary>The runs of a zone, newest first.</summary>
    public IReadOnlyList<WatchRun> Runs(string zone, int first) => database.Read(transaction => transaction.Query(
        $"SELECT {RunColumns} FROM watch_runs WHERE zone = $1 ORDER BY began_at DESC, id DESC LIMIT $2", ReadRun, StateValue.ZoneKey(zone), (long)first));

    private string Now() => StateValue.FromTime(database.Time.GetUtcNow());

    // What an older or newer version wrote of the last check is only shown; it must not keep the watcher from its work.
    private static SiteHealth? Health(string json)
    {
        try
        {
            return StateValue.FromJson<SiteHealth>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static WatchRun ReadRun(SqliteDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Zone = reader.GetString(1),
        InventoryPath = reader.TextOrNull(2),
        Operator = reader.GetString(3),
        ProcessId = reader.GetInt32(4),
        IsSingle = reader.GetInt64(5) != 0,
        ExpectedEvery = reader.IsDBNull(6) ? null : TimeSpan.FromSeconds(reader.GetDouble(6)),
        BeganAt = StateValue.ToTime(reader.GetString(7)),
        SeenAt = StateValue.ToTime(reader.GetString(8)),
        EndedAt = reader.TextOrNull(9) is { } end ? StateValue.ToTime(end) : null,
        Ending = reader.TextOrNull(10),
    };
}
