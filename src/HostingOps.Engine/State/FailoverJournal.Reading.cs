using HostingOps.Engine.Failover;
using HostingOps.Engine.Inventory;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <content>Reading.</content>
internal sealed partial class FailoverJournal
{
    /// <summary>The operation with that id, or whose id alone begins so; null when there is none. Case does not count.</summary>
    /// <exception cref="HostingException">InvalidArgument when the beginning fits several ids.</exception>
    public JournalOperation? FindOperation(string idOrUniquePrefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idOrUniquePrefix);
        return database.Read(transaction =>
        {
            var id = FindId(transaction, idOrUniquePrefix);
            return id is null ? null : ReadOperation(transaction, id);
        });
    }

    /// <summary>The operation's entries in the order they were written; those of one site when it is named.</summary>
    public IReadOnlyList<JournalEntry> Entries(string operationId, string? siteName = null) => database.Read(transaction =>
        transaction.Query(
            $"SELECT {EntryRow.Columns} FROM entries e WHERE e.operation_id = $1 AND ($2 IS NULL OR e.site_name = $2) ORDER BY e.sequence",
            static reader => ToEntry(EntryRow.Read(reader)),
            operationId,
            siteName));

    /// <summary>The plan as it was confirmed.</summary>
    /// <exception cref="HostingException">OperationNotFound.</exception>
    public SiteFailoverPlan Plan(string operationId, string siteName) => database.Read(transaction =>
    {
        var json = transaction.Scalar<string>(
            "SELECT plan_json FROM operation_sites WHERE operation_id = $1 AND site_name = $2", operationId, siteName)
            ?? throw JournalErrors.NotFound(operationId, siteName);
        return StateValue.FromJson<SiteFailoverPlan>(json);
    });

    /// <summary>The result that ended the operation on the site; null when it has not ended, or ended without one.</summary>
    /// <exception cref="HostingException">OperationNotFound.</exception>
    public FailoverResult? Result(string operationId, string siteName) => database.Read(transaction =>
    {
        RequireSite(transaction, operationId, siteName);
        var json = transaction.Scalar<string>(
            "SELECT result_json FROM operation_sites WHERE operation_id = $1 AND site_name = $2", operationId, siteName);
        return json is null ? null : StateValue.FromJson<FailoverResult>(json);
    });

    /// <summary>Sites of operations, newest operation first, the sites in the operation's order.</summary>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="zone">Only operations in the hosted zone of that name, or null for all.</param>
    /// <param name="zoneId">Of several zones of that name the one with this id, or null for all.</param>
    public IReadOnlyList<FailoverHistoryEntry> History(HistoryFilter filter, string? zone = null, string? zoneId = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var wanted = Wanted(filter.Sites);
        return database.Read(transaction =>
        {
            var found = new List<FailoverHistoryEntry>();
            transaction.Each(
                """
                SELECT o.id, s.site_name, s.kind, s.outcome, s.reason,
                    (SELECT e.step FROM entries e
                     WHERE e.operation_id = s.operation_id AND e.site_name = s.site_name ORDER BY e.sequence DESC LIMIT 1),
                    s.from_host, s.to_host, o.operator, o.started_at, s.ended_at, s.overrides, o.undo_of, o.inventory_path
                FROM operations o JOIN operation_sites s ON s.operation_id = o.id
                WHERE ($1 IS NULL OR o.zone = $1)
                    AND ($2 IS NULL OR o.started_at >= $2)
                    AND ($3 IS NULL OR substr(o.id, 1, length($3)) = $3 COLLATE NOCASE)
                    AND ($4 = 0 OR s.outcome IN ('InProgress', 'Unknown'))
                    AND ($5 IS NULL OR coalesce(o.zone_id, $5) = $5)
                ORDER BY o.started_at DESC, o.id DESC, s.position
                """,
                reader =>
                {
                    if (found.Count < filter.First && wanted(reader.GetString(1)))
                    {
                        found.Add(ToHistoryEntry(reader));
                    }

                    return found.Count < filter.First;
                },
                zone is null ? null : StateValue.ZoneKey(zone),
                filter.Since is { } since ? StateValue.FromTime(since) : null,
                string.IsNullOrEmpty(filter.OperationId) ? null : filter.OperationId,
                filter.ResumableOnly ? 1 : 0,
                zoneId);
            return found;
        });
    }

    /// <summary>How the moves of sites ended that began at or after a time: sites by outcome.</summary>
    public IReadOnlyDictionary<FailoverOutcome, long>? OutcomesSince(DateTimeOffset since) => database.Read(transaction =>
        transaction.Query(
            """
            SELECT s.outcome, count(*) FROM operations o JOIN operation_sites s ON s.operation_id = o.id
            WHERE o.started_at >= $1 GROUP BY s.outcome
            """,
            static reader => (Outcome: StateValue.ToEnum<FailoverOutcome>(reader.GetString(0)), Count: reader.GetInt64(1)),
            StateValue.FromTime(since))
            .ToDictionary(static row => row.Outcome, static row => row.Count));

    /// <summary>
    /// The moves in a hosted zone at or after a time, oldest first, one per operation and site: switches that were made, and
    /// those that an operation has begun and not ended, which may come at any moment. For the fleet's limits.
    /// An id tells zones of the same name apart.
    /// </summary>
    public IReadOnlyList<SwitchRecord> MovesSince(string zone, DateTimeOffset since, string? zoneId = null) =>
        database.Read(transaction => MovesSince(transaction, StateValue.ZoneKey(zone), since, zoneId));

    /// <summary>
    /// When each site of a hosted zone was last switched (UTC), by site: one reading for a whole fleet. An id tells zones of the
    /// same name apart.
    /// </summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastSwitches(string zone, string? zoneId = null) => database.Read(transaction =>
        transaction.Query(
            """
            SELECT e.site_name, max(e.at) FROM entries e JOIN operations o ON o.id = e.operation_id
            WHERE e.step = 'Switch' AND e.moment = 'Done' AND o.zone = $1 AND ($2 IS NULL OR coalesce(o.zone_id, $2) = $2)
            GROUP BY e.site_name
            """,
            static reader => (Site: reader.GetString(0), At: StateValue.ToTime(reader.GetString(1))),
            StateValue.ZoneKey(zone),
            zoneId)
            .ToDictionary(static row => row.Site, static row => row.At, StringComparer.Ordinal));

    /// <summary>Checks the whole journal against its hash chain.</summary>
    public JournalVerification Verify() => database.Read(static transaction => JournalAudit.Whole(transaction));

    /// <summary>
    /// Checks operations before they are resumed or taken back: one by its own rows and the chain from its first entry to the
    /// head, several by the whole journal.
    /// </summary>
    /// <exception cref="HostingException">JournalTampered; OperationNotFound.</exception>
    public void EnsureIntact(params IReadOnlyList<string> operationIds)
    {
        var verification = operationIds is [var only] ? database.Read(transaction => JournalAudit.Operation(transaction, only)) : Verify();
        if (verification.FirstBrokenSequence is { } sequence)
        {
            throw JournalErrors.Tampered(sequence, verification.Problem!);
        }
    }

    private static List<SwitchRecord> MovesSince(
        StateTransaction transaction, string zoneKey, DateTimeOffset since, string? zoneId) => transaction.Query(
        """
        SELECT s.operation_id, s.site_name, s.kind, s.from_host, s.to_host, max(moves.at) AS moved_at
        FROM (
            SELECT operation_id, site_name, at FROM entries WHERE step = 'Switch' AND moment = 'Done' AND at >= $2
            UNION ALL
            SELECT b.operation_id, b.site_name, p.started_at FROM operation_sites b JOIN operations p ON p.id = b.operation_id
            WHERE b.outcome IN ('InProgress', 'Unknown') AND p.started_at >= $2
        ) moves
        JOIN operations o ON o.id = moves.operation_id
        JOIN operation_sites s ON s.operation_id = moves.operation_id AND s.site_name = moves.site_name
        WHERE o.zone = $1 AND ($3 IS NULL OR coalesce(o.zone_id, $3) = $3)
        GROUP BY s.operation_id, s.site_name
        ORDER BY moved_at, s.operation_id, s.position
        """,
        static reader => new SwitchRecord(
            reader.GetString(0),
            reader.GetString(1),
            StateValue.ToEnum<FailoverKind>(reader.GetString(2)),
            reader.TextOrNull(3),
            reader.TextOrNull(4),
            StateValue.ToTime(reader.GetString(5))),
        zoneKey,
        StateValue.FromTime(since),
        zoneId);

    private static Func<string, bool> Wanted(IReadOnlyList<string>? names)
    {
        if (names is null or { Count: 0 })
        {
            return static _ => true;
        }

        var patterns = names.Select(NamePattern.Parse).ToList();
        var literals = patterns.Select(static pattern => pattern.Literal).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wildcards = patterns.FindAll(static pattern => pattern.HasWildcards);
        return name => literals.Contains(name) || wildcards.Exists(pattern => pattern.IsMatch(name));
    }

    private static string? FindId(StateTransaction transaction, string idOrPrefix)
    {
        var ids = transaction.Query(
            """
            SELECT id FROM operations WHERE substr(id, 1, length($1)) = $1 COLLATE NOCASE
            ORDER BY length(id) <> length($1), started_at DESC LIMIT 3
            """,
            static reader => reader.GetString(0),
            idOrPrefix);
        return ids switch
        {
            [] => null,
            [var only] => only,
            [var first, ..] when first.Length == idOrPrefix.Length => first,
            _ => throw JournalErrors.Ambiguous(idOrPrefix, ids),
        };
    }

    private static JournalOperation? ReadOperation(StateTransaction transaction, string id)
    {
        var row = transaction.Query(
            $"SELECT {OperationRow.Columns} FROM operations o WHERE o.id = $1", static reader => OperationRow.Read(reader), id)[0];
        var sites = transaction.Query(
            $"SELECT {SiteRow.Columns} FROM operation_sites s WHERE s.operation_id = $1 ORDER BY s.position",
            static reader => ToSite(SiteRow.Read(reader)),
            id);
        return new JournalOperation
        {
            Id = row.Id,
            Kind = StateValue.ToEnum<FailoverKind>(row.Kind),
            By = row.Operator,
            InventoryPath = row.InventoryPath,
            Zone = row.Zone,
            ZoneId = row.ZoneId,
            EndpointUrl = row.EndpointUrl,
            UndoOf = row.UndoOf,
            StartedAt = StateValue.ToTime(row.StartedAt),
            Sites = sites,
        };
    }

    private static JournalSite ToSite(SiteRow row) => new(row.SiteName, StateValue.FromJson<SiteFailoverPlan>(row.PlanJson))
    {
        Outcome = StateValue.ToEnum<FailoverOutcome>(row.Outcome),
        Reason = row.Reason,
        ErrorId = row.ErrorId,
        EndedAt = row.EndedAt is null ? null : StateValue.ToTime(row.EndedAt),
    };

    private static JournalEntry ToEntry(EntryRow row) => new(
        row.Sequence,
        row.OperationId,
        row.SiteName,
        StateValue.ToEnum<FailoverStep>(row.Step),
        StateValue.ToEnum<JournalMoment>(row.Moment),
        StateValue.ToTime(row.At),
        row.Detail,
        row.DataJson);

    private static FailoverHistoryEntry ToHistoryEntry(SqliteDataReader reader)
    {
        var outcome = StateValue.ToEnum<FailoverOutcome>(reader.GetString(3));
        return new FailoverHistoryEntry
        {
            OperationId = reader.GetString(0),
            SiteName = reader.GetString(1),
            Kind = StateValue.ToEnum<FailoverKind>(reader.GetString(2)),
            Outcome = outcome,
            Reason = reader.GetString(4),
            // Without any entry the journal was tampered with; what was certainly there is the plan.
            LastStep = reader.TextOrNull(5) is { } step ? StateValue.ToEnum<FailoverStep>(step) : FailoverStep.Plan,
            From = reader.TextOrNull(6),
            To = reader.TextOrNull(7),
            By = reader.GetString(8),
            StartedAt = StateValue.ToTime(reader.GetString(9)),
            EndedAt = reader.TextOrNull(10) is { } ended ? StateValue.ToTime(ended) : null,
            Overrides = reader.TextOrNull(11),
            Resumable = outcome is FailoverOutcome.InProgress or FailoverOutcome.Unknown,
            UndoOf = reader.TextOrNull(12),
            InventoryPath = reader.TextOrNull(13),
        };
    }
}
