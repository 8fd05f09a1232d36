using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Engine.Watch.Automatic;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>The outbox's rows: one for each alert and channel, of one inventory's scope.</summary>
/// <param name="database">Where they are kept.</param>
/// <param name="scope">Whose they are, see <see cref="AlertScope"/>.</param>
internal sealed class AlertRegister(StateDatabase database, string scope) : IDeliveryStore
{
    private const string Columns = "id, key, channel, alert_json, posted_at, attempts, outcome, due_at, answer, ended_at, inventory_path";

    private const string IsOfNothingOpen = "incident_id NOT IN (SELECT id FROM incidents WHERE closed_at IS NULL)";

    private const string IsOrHoldsNews =
        $"scope = $1 AND (incident_id = $2 OR (event = '{nameof(AlertEvent.Failover)}' AND CASE WHEN json_valid(alert_json) THEN json_extract(alert_json, '$.details.{AutomaticRoom.NewsDetail}') END = $2))";

    // Nobody reads an alert of last quarter; what was never delivered is kept longer.
    private static readonly TimeSpan KeptSent = TimeSpan.FromDays(30);
    private static readonly TimeSpan KeptUndelivered = TimeSpan.FromDays(90);
    private const int MostKept = 20_000;

    private static readonly TimeSpan ClockMayDiffer = TimeSpan.FromMinutes(1);

    /// <summary>Adds deliveries within a transaction. One whose key is there already is left as it is.</summary>
    public void Add(StateTransaction transaction, IEnumerable<Delivery> deliveries, string? inventoryPath) =>
        Add(transaction, deliveries.Select(static delivery => new KeptDelivery(delivery, delivery.PostedAt)), inventoryPath);

    /// <summary>Adds deliveries with what became of them so far. One whose key is there already is left as it is.</summary>
    public void Add(StateTransaction transaction, IEnumerable<KeptDelivery> deliveries, string? inventoryPath)
    {
        foreach (var kept in deliveries)
        {
            var delivery = kept.Delivery;
            transaction.Execute(
                """
                INSERT INTO alert_deliveries (key, scope, channel, incident_id, event, alert_json, inventory_path, posted_at, outcome, attempts, due_at, answer, ended_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (key) DO NOTHING
                """,
                delivery.Key,
                scope,
                delivery.Channel,
                delivery.Alert.IncidentId,
                delivery.Alert.Event.ToString(),
                StateValue.Text(StateValue.ToJson(delivery.Alert)),
                inventoryPath,
                StateValue.FromTime(delivery.PostedAt),
                kept.Outcome.ToString(),
                delivery.Attempts,
                StateValue.FromTime(kept.DueAt),
                kept.Answer is { } answer ? StateValue.Text(answer) : null,
                kept.EndedAt is { } ended ? StateValue.FromTime(ended) : null);
        }
    }

    /// <summary>When a channel was last told, or was to be told, of an incident; null when never.</summary>
    public DateTimeOffset? LastPosted(StateTransaction transaction, string channel, string incidentId) =>
        transaction.Scalar<string>(
            "SELECT max(posted_at) FROM alert_deliveries WHERE scope = $1 AND incident_id = $2 AND channel = $3", scope, incidentId, channel) is { } at
            ? StateValue.ToTime(at)
            : null;

    /// <summary>Whether anything is known of whom was told of an incident. Nothing is of what was told while this could not be written.</summary>
    public bool IsKnown(StateTransaction transaction, string incidentId) => transaction.Scalar<long>(
        "SELECT count(*) FROM alert_deliveries WHERE scope = $1 AND incident_id = $2", scope, incidentId) > 0;

    /// <summary>When anybody was last told of an incident, or of news by its own id within another; null when never.</summary>
    public DateTimeOffset? LastPosted(string incidentId) => database.Read(transaction =>
        transaction.Scalar<string>($"SELECT max(posted_at) FROM alert_deliveries WHERE {IsOrHoldsNews}", scope, incidentId) is { } at
            ? StateValue.ToTime(at)
            : (DateTimeOffset?)null);

    /// <summary>The sites that anybody was told of, or is to be told of, under an id of an incident or of news within one.</summary>
    public IReadOnlySet<string> SitesPosted(string incidentId) => database.Read(transaction => transaction.Query(
        $"SELECT DISTINCT site.value FROM alert_deliveries, json_each(CASE WHEN json_valid(alert_json) THEN alert_json ELSE '{{}}' END, '$.sites') AS site WHERE {IsOrHoldsNews}",
        static reader => reader.GetString(0),
        scope,
        incidentId)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The newest of what was told of each move outside of incidents, where its end was not told.</summary>
    public IReadOnlyList<HostingAlert> OpenNotices() => database.Read(transaction => transaction.Query(
        $"""
        SELECT alert_json FROM alert_deliveries WHERE id IN (
            SELECT max(id) FROM alert_deliveries
            WHERE scope = $1 AND event IN ('{nameof(AlertEvent.Failover)}', '{nameof(AlertEvent.Recovered)}') GROUP BY incident_id)
        AND event = '{nameof(AlertEvent.Failover)}' AND json_valid(alert_json)
        """,
        static reader => StateValue.FromJson<HostingAlert>(reader.GetString(0)),
        scope)).Where(MoveAlerts.IsNotice).ToList();

    /// <summary>Whether a channel still waits to be told something of an incident.</summary>
    public bool IsWaiting(StateTransaction transaction, string channel, string incidentId) => transaction.Scalar<long>(
        "SELECT count(*) FROM alert_deliveries WHERE scope = $1 AND channel = $2 AND incident_id = $3 AND outcome = 'Waiting'", scope, channel, incidentId) > 0;

    /// <summary>What waits, by key: whom it is for, and of which incident.</summary>
    public IReadOnlyList<(string Key, string Channel, string IncidentId)> Waiting() => database.Read(transaction => transaction.Query(
        "SELECT key, channel, incident_id FROM alert_deliveries WHERE scope = $1 AND outcome = 'Waiting'",
        static reader => (reader.GetString(0), reader.GetString(1), reader.GetString(2)),
        scope));

    /// <summary>What became of what was told of an incident.</summary>
    public IReadOnlyList<AlertDeliveryOutcome> Outcomes(string incidentId, AlertEvent happened) => database.Read(transaction => transaction.Query(
        "SELECT outcome FROM alert_deliveries WHERE scope = $1 AND incident_id = $2 AND event = $3",
        static reader => StateValue.ToEnum<AlertDeliveryOutcome>(reader.GetString(0)),
        scope,
        incidentId,
        happened.ToString()));

    /// <inheritdoc/>
    public Delivery? Claim(string channel, string? incidentId, DateTimeOffset now, TimeSpan lease) => database.Write(transaction =>
    {
        // Posted in the future, or to be tried later than anything ever is: since then the clock was set back.
        transaction.Execute(
            "UPDATE alert_deliveries SET due_at = $3, posted_at = min(posted_at, $3) WHERE scope = $1 AND channel = $2 AND outcome = 'Waiting' AND (posted_at > $4 OR due_at > $5)",
            scope,
            channel,
            StateValue.FromTime(now),
            StateValue.FromTime(now + ClockMayDiffer),
            StateValue.FromTime(now + DeliveryWaits.Most + ClockMayDiffer));
        while (Next(transaction, channel, incidentId, now, lease) is var (id, delivery))
        {
            if (delivery is not null)
            {
                return delivery;
            }

            // It would be met again and again, and nothing behind it would be sent.
            transaction.Execute(
                "UPDATE alert_deliveries SET outcome = 'Undelivered', answer = 'what is stored of it cannot be read', claimed_until = NULL, ended_at = $2 WHERE id = $1",
                id,
                StateValue.FromTime(now));
        }

        return null;
    });

    private static (long Id, Delivery? Delivery)? ReadOrNot(SqliteDataReader reader)
    {
        try
        {
            return (reader.GetInt64(0), Read(reader));
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return (reader.GetInt64(0), null);
        }
    }

    private static bool IsUnreadable(Exception exception) => exception is System.Text.Json.JsonException or FormatException or InvalidCastException;

    private (long Id, Delivery? Delivery)? Next(StateTransaction transaction, string channel, string? incidentId, DateTimeOffset now, TimeSpan lease) => transaction.Query(
        $"""
        UPDATE alert_deliveries SET claimed_until = $5, attempts = attempts + 1
        WHERE id = (
            SELECT d.id FROM alert_deliveries d
            WHERE d.scope = $1 AND d.channel = $2 AND d.outcome = 'Waiting'
                AND ($3 IS NULL OR d.incident_id = $3) AND ($3 IS NOT NULL OR d.due_at <= $4)
                AND (d.claimed_until IS NULL OR d.claimed_until <= $4)
                AND NOT EXISTS (
                    SELECT 1 FROM alert_deliveries e
                    WHERE e.scope = d.scope AND e.channel = d.channel AND e.incident_id = d.incident_id AND e.outcome = 'Waiting' AND e.id < d.id)
            ORDER BY d.id LIMIT 1)
        RETURNING {Columns}
        """,
        ReadOrNot,
        scope,
        channel,
        incidentId,
        StateValue.FromTime(now),
        StateValue.FromTime(now + lease)).FirstOrDefault();

    /// <inheritdoc/>
    public void End(long id, AlertDeliveryOutcome outcome, string answer, DateTimeOffset now, DateTimeOffset? nextAttemptAt) => database.Write(transaction =>
        transaction.Execute(
            "UPDATE alert_deliveries SET outcome = $2, answer = $3, claimed_until = NULL, due_at = coalesce($4, due_at), ended_at = $5 WHERE id = $1 AND outcome = 'Waiting'",
            id,
            outcome.ToString(),
            StateValue.Text(answer),
            nextAttemptAt is { } next ? StateValue.FromTime(next) : null,
            outcome == AlertDeliveryOutcome.Waiting ? null : StateValue.FromTime(now)));

    /// <inheritdoc/>
    public void Release(long id) => database.Write(transaction =>
        transaction.Execute("UPDATE alert_deliveries SET claimed_until = NULL, attempts = attempts - 1 WHERE id = $1 AND claimed_until IS NOT NULL", id));

    /// <inheritdoc/>
    public DateTimeOffset? NextDue() => database.Read(transaction => transaction.Scalar<string>(
        "SELECT min(max(due_at, coalesce(claimed_until, due_at))) FROM alert_deliveries WHERE scope = $1 AND outcome = 'Waiting'", scope)) is { } due
        ? StateValue.ToTime(due)
        : null;

    /// <summary>Gives up what waits for an incident: what it would say is no longer wanted.</summary>
    public int Withdraw(string incidentId, string why) => database.Write(transaction => transaction.Execute(
        "UPDATE alert_deliveries SET outcome = 'Undelivered', answer = $3, ended_at = $4 WHERE scope = $1 AND incident_id = $2 AND outcome = 'Waiting'",
        scope,
        incidentId,
        why,
        StateValue.FromTime(database.Time.GetUtcNow())));

    /// <summary>Has given-up deliveries wait again, as if they had never been tried.</summary>
    /// <returns>Those that wait now.</returns>
    public IReadOnlyList<Delivery> Renew(IReadOnlyCollection<long> ids) => database.Write(transaction => ids.SelectMany(id => transaction.Query(
        $"""
        UPDATE alert_deliveries SET outcome = 'Waiting', attempts = 0, due_at = $3, posted_at = $3, claimed_until = NULL, ended_at = NULL
        WHERE id = $1 AND scope = $2 AND outcome = 'Undelivered' RETURNING {Columns}
        """,
        Read,
        id,
        scope,
        StateValue.FromTime(database.Time.GetUtcNow()))).ToList());

    /// <summary>The deliveries, newest first.</summary>
    /// <param name="outcome">Only these, or null for all.</param>
    /// <param name="first">How many at most.</param>
    public IReadOnlyList<HostingAlertDelivery> List(AlertDeliveryOutcome? outcome, int first) => database.Read(transaction => transaction.Query(
        $"SELECT {Columns} FROM alert_deliveries WHERE scope = $1 AND ($2 IS NULL OR outcome = $2) ORDER BY id DESC LIMIT $3",
        Show,
        scope,
        outcome?.ToString(),
        first));

    /// <summary>One delivery, or null.</summary>
    public HostingAlertDelivery? Find(long id) => database.Read(transaction => transaction.Query(
        $"SELECT {Columns} FROM alert_deliveries WHERE id = $1 AND scope = $2", Show, id, scope)).FirstOrDefault();

    /// <summary>
    /// Gives up what has waited too long for a channel that is gone, and forgets what is old. For a channel that is there each is
    /// tried once more, however long the machine was off; its try ends it. What was told of an incident that lasts is not forgotten: its
    /// end is for those who know of it.
    /// </summary>
    /// <param name="posted">What was posted before this has waited too long.</param>
    /// <param name="channels">The channels that are there.</param>
    /// <returns>How many were given up.</returns>
    public int Prune(DateTimeOffset posted, params string[] channels) => database.Write(transaction =>
    {
        var now = database.Time.GetUtcNow();
        var late = transaction.Execute(
            """
            UPDATE alert_deliveries SET outcome = 'Undelivered', ended_at = $3, answer = coalesce(answer, 'no channel of that name took it')
            WHERE scope = $1 AND outcome = 'Waiting' AND posted_at < $2 AND (claimed_until IS NULL OR claimed_until <= $3)
                AND channel NOT IN (SELECT value FROM json_each($4))
            """,
            scope,
            StateValue.FromTime(posted),
            StateValue.FromTime(now),
            System.Text.Json.JsonSerializer.Serialize(channels));
        transaction.Execute(
            $"DELETE FROM alert_deliveries WHERE ((outcome = 'Sent' AND ended_at < $1) OR (outcome = 'Undelivered' AND ended_at < $2)) AND {IsOfNothingOpen}",
            StateValue.FromTime(now - KeptSent),
            StateValue.FromTime(now - KeptUndelivered));
        transaction.Execute(
            $"DELETE FROM alert_deliveries WHERE outcome <> 'Waiting' AND id <= (SELECT max(id) FROM alert_deliveries) - $1 AND {IsOfNothingOpen}", MostKept);
        return late;
    });

    private static Delivery Read(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetString(2),
        StateValue.FromJson<HostingAlert>(reader.GetString(3)),
        StateValue.ToTime(reader.GetString(4)),
        reader.GetInt32(5));

    private static HostingAlertDelivery Show(SqliteDataReader reader)
    {
        var outcome = StateValue.ToEnum<AlertDeliveryOutcome>(reader.GetString(6));
        return new HostingAlertDelivery
        {
            Id = reader.GetInt64(0),
            Channel = reader.GetString(2),
            Alert = AlertOf(reader),
            Attempts = reader.GetInt32(5),
            Outcome = outcome,
            NextAttemptAt = outcome == AlertDeliveryOutcome.Waiting ? StateValue.ToTime(reader.GetString(7)) : null,
            Answer = reader.TextOrNull(8),
            SentAt = outcome == AlertDeliveryOutcome.Sent && reader.TextOrNull(9) is { } at ? StateValue.ToTime(at) : null,
            InventoryPath = reader.TextOrNull(10),
        };
    }

    private static HostingAlert AlertOf(SqliteDataReader reader)
    {
        try
        {
            return StateValue.FromJson<HostingAlert>(reader.GetString(3));
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return new HostingAlert
            {
                Event = AlertEvent.Watcher,
                Severity = AlertSeverity.Information,
                IncidentId = "",
                Title = "An alert that can't be read",
                Text = "What the state database has of it is damaged.",
                At = StateValue.ToTime(reader.GetString(4)),
            };
        }
    }
}
