using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>
/// The journal of operations on a zone's records: written before and after each request, and hash-chained. What is written has
/// reached the disk when the call returns. Safe for use from several threads and processes.
/// </summary>
internal sealed class ZoneJournal(StateDatabase database)
{
    private const string Family = "zone";

    private const string Columns =
        "id, kind, operator, inventory_path, zone, zone_id, endpoint_url, checksum, started_at, plan_json, outcome, reason, error_id, result_json, ended_at";

    private readonly OperationIdSource ids = new(database.Time);

    /// <summary>An id for an operation that is about to begin.</summary>
    public string NewId() => ids.Next();

    /// <summary>Writes down an operation with its plan.</summary>
    /// <exception cref="HostingException">StateUnavailable, StateCorrupt, JournalTampered: nothing was written.</exception>
    public void Begin(ZoneOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        database.Write(transaction =>
        {
            var plan = operation.Plan;
            transaction.Execute(
                """
                INSERT INTO zone_operations
                    (id, kind, operator, inventory_path, zone, zone_id, endpoint_url, checksum, started_at, plan_json)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                operation.Id,
                plan.Kind.ToString(),
                operation.By,
                plan.InventoryPath,
                StateValue.ZoneKey(plan.Zone),
                plan.ZoneId,
                operation.EndpointUrl,
                plan.Checksum,
                StateValue.FromTime(operation.StartedAt),
                StateValue.ToJson(plan));
            using var chain = new OperationChain(transaction, Family);
            chain.Append(operation.Id, nameof(ZoneStep.Plan), JournalMoment.Done, Now(), null, null, Beginning(chain, Row(transaction, operation.Id)!));
        });
    }

    /// <summary>Writes one entry.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="moment">Started before a request is sent; Done after; Failed for those of its records that were not changed.</param>
    /// <param name="detail">One sentence.</param>
    /// <param name="records">The records of the request.</param>
    /// <exception cref="HostingException">OperationNotFound; StateUnavailable, StateCorrupt: the entry was not written.</exception>
    public void Append(string operationId, JournalMoment moment, string detail, IReadOnlyList<string> records) =>
        database.Write(transaction =>
        {
            _ = Row(transaction, operationId) ?? throw JournalErrors.NotFound(operationId);
            using var chain = new OperationChain(transaction, Family);
            chain.Append(operationId, nameof(ZoneStep.Write), moment, Now(), StateValue.Text(detail), StateValue.ToJson(records), covers: null);
        });

    /// <summary>Writes down how an operation ended.</summary>
    /// <exception cref="HostingException">As <see cref="Append"/>.</exception>
    public void Finish(string operationId, string outcome, string reason, string? errorId, IReadOnlyList<DnsRecordChangeResult> results) =>
        database.Write(transaction =>
        {
            var at = Now();
            var changed = transaction.Execute(
                "UPDATE zone_operations SET outcome = $2, reason = $3, error_id = $4, result_json = $5, ended_at = $6 WHERE id = $1 AND ended_at IS NULL",
                operationId,
                outcome,
                StateValue.Text(reason),
                errorId,
                StateValue.ToJson(results),
                at);
            if (changed == 0)
            {
                // Another process has finished the same operation: its ending stands.
                _ = Row(transaction, operationId) ?? throw JournalErrors.NotFound(operationId);
                return;
            }

            using var chain = new OperationChain(transaction, Family);
            chain.Append(
                operationId,
                OperationChain.FinishStep,
                errorId is null ? JournalMoment.Done : JournalMoment.Failed,
                at,
                StateValue.Text($"{outcome}: {reason}"),
                dataJson: null,
                Ending(chain, Row(transaction, operationId)!));
        });

    /// <summary>The operation of that id or unique beginning of one.</summary>
    /// <exception cref="HostingException">OperationNotFound; InvalidArgument when several begin so.</exception>
    public ZoneOperation Find(string idOrPrefix) => database.Read(transaction =>
    {
        var found = transaction.Query(
            $"SELECT {Columns} FROM zone_operations WHERE substr(id, 1, length($1)) = $1 ORDER BY id LIMIT 3", Read, idOrPrefix.ToUpperInvariant());
        return found switch
        {
            [var only] => Operation(only),
            [] => throw JournalErrors.NotFound(idOrPrefix),
            _ => throw JournalErrors.Ambiguous(idOrPrefix, [.. found.Select(static row => row.Id)]),
        };
    });

    /// <summary>The newest operation of that very plan that has not ended, or null: running, or cut off.</summary>
    public ZoneOperation? Open(string zoneId, string checksum) => database.Read(transaction => transaction.Query(
        $"SELECT {Columns} FROM zone_operations WHERE zone_id = $1 AND checksum = $2 AND ended_at IS NULL ORDER BY started_at DESC, id DESC LIMIT 1",
        Read,
        zoneId,
        checksum).Select(Operation).FirstOrDefault());

    /// <summary>The records that the operation has written, or may have: sent, and not refused.</summary>
    /// <exception cref="HostingException">OperationNotFound; JournalTampered: nothing may be resumed from it.</exception>
    public IReadOnlySet<string> Sent(string operationId) => database.Read(transaction =>
    {
        var row = Row(transaction, operationId) ?? throw JournalErrors.NotFound(operationId);
        using var chain = new OperationChain(transaction, Family);
        var entries = chain.Check([new OperationCover(row.Id, Beginning(chain, row), row.EndedAt is null ? null : Ending(chain, row))])[0];
        var sent = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(static entry => entry is { Step: nameof(ZoneStep.Write), DataJson: not null }))
        {
            var records = StateValue.FromJson<string[]>(entry.DataJson!);
            if (entry.Moment == JournalMoment.Failed)
            {
                sent.ExceptWith(records);
            }
            else
            {
                sent.UnionWith(records);
            }
        }

        return sent;
    });

    private static byte[] Beginning(OperationChain chain, ZoneOperationRow row) => chain.Cover(
        row.Id, row.Kind, row.Operator, row.InventoryPath, row.Zone, row.ZoneId, row.EndpointUrl, row.Checksum, row.StartedAt, row.PlanJson);

    private static byte[] Ending(OperationChain chain, ZoneOperationRow row) =>
        chain.Cover(row.Outcome, row.Reason, row.ErrorId, row.ResultJson, row.EndedAt);

    private static ZoneOperationRow? Row(StateTransaction transaction, string id) =>
        transaction.Query($"SELECT {Columns} FROM zone_operations WHERE id = $1", Read, id).FirstOrDefault();

    private static ZoneOperationRow Read(SqliteDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.TextOrNull(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.TextOrNull(6),
        reader.GetString(7),
        reader.GetString(8),
        reader.GetString(9),
        reader.TextOrNull(10),
        reader.TextOrNull(11),
        reader.TextOrNull(12),
        reader.TextOrNull(13),
        reader.TextOrNull(14));

    private static ZoneOperation Operation(ZoneOperationRow row) => new()
    {
        Id = row.Id,
        By = row.Operator,
        EndpointUrl = row.EndpointUrl,
        StartedAt = StateValue.ToTime(row.StartedAt),
        Plan = StateValue.FromJson<ZoneChangePlan>(row.PlanJson),
        Outcome = row.Outcome,
        Reason = row.Reason,
        ErrorId = row.ErrorId,
        Results = row.ResultJson is { } results ? StateValue.FromJson<DnsRecordChangeResult[]>(results) : null,
        EndedAt = row.EndedAt is { } ended ? StateValue.ToTime(ended) : null,
    };

    private string Now() => StateValue.FromTime(database.Time.GetUtcNow());
}
