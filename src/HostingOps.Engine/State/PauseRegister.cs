using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>The sites whose failover is switched off by hand. A site is known by its zone and name.</summary>
/// <param name="database">Where it is kept.</param>
internal sealed class PauseRegister(StateDatabase database)
{
    private const string Columns = "site_name, operator, reason, since, until";

    /// <summary>Switches failover of a site off, in place of an earlier pause.</summary>
    /// <param name="until">End of the pause (UTC), or null for until it is switched on again.</param>
    /// <exception cref="HostingException">InvalidArgument: no reason, or an end that has passed. StateUnavailable, StateCorrupt.</exception>
    public FailoverPause Pause(string zone, string siteName, string by, string reason, DateTimeOffset? until)
    {
        var now = database.Time.GetUtcNow();
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw JournalErrors.Invalid(siteName, $"A pause of site '{siteName}' needs a reason that others can read later.");
        }

        if (until <= now)
        {
            throw JournalErrors.Invalid(
                siteName, FormattableString.Invariant($"The pause of site '{siteName}' would end at {until:u}, but it is {now:u} already."));
        }

        var pause = new FailoverPause
        {
            SiteName = siteName,
            By = by,
            Reason = reason,
            Since = now.ToUniversalTime(),
            Until = until?.ToUniversalTime(),
        };
        database.Write(transaction => transaction.Execute(
            """
            INSERT INTO pauses (zone, site_name, operator, reason, since, until) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (zone, site_name) DO UPDATE SET
                operator = excluded.operator, reason = excluded.reason, since = excluded.since, until = excluded.until
            """,
            StateValue.ZoneKey(zone),
            siteName,
            by,
            reason,
            StateValue.FromTime(now),
            until is { } end ? StateValue.FromTime(end) : null));
        return pause;
    }

    /// <summary>Switches failover of a site on again.</summary>
    /// <returns>The pause that held until now, or null when there was none.</returns>
    public FailoverPause? Resume(string zone, string siteName)
    {
        var now = database.Time.GetUtcNow();
        var removed = database.Write(transaction => transaction.Query(
            $"DELETE FROM pauses WHERE zone = $1 AND site_name = $2 RETURNING {Columns}", Read, StateValue.ZoneKey(zone), siteName));
        return removed.Find(pause => pause.IsActiveAt(now));
    }

    /// <summary>The pause that holds for the site at that time, or null.</summary>
    public FailoverPause? Find(string zone, string siteName, DateTimeOffset now) => database.Read(transaction =>
        transaction.Query(
            $"SELECT {Columns} FROM pauses WHERE zone = $1 AND site_name = $2", Read, StateValue.ZoneKey(zone), siteName))
        .Find(pause => pause.IsActiveAt(now));

    /// <summary>The pauses that hold at that time, by site name: those of one zone, or all when it is null.</summary>
    public IReadOnlyList<FailoverPause> All(DateTimeOffset now, string? zone = null) => database.Read(transaction =>
        transaction.Query(
            $"SELECT {Columns} FROM pauses WHERE $1 IS NULL OR zone = $1 ORDER BY site_name, zone",
            Read,
            zone is null ? null : StateValue.ZoneKey(zone)))
        .FindAll(pause => pause.IsActiveAt(now));

    private static FailoverPause Read(SqliteDataReader reader) => new()
    {
        SiteName = reader.GetString(0),
        By = reader.GetString(1),
        Reason = reader.GetString(2),
        Since = StateValue.ToTime(reader.GetString(3)),
        Until = reader.TextOrNull(4) is { } until ? StateValue.ToTime(until) : null,
    };
}
