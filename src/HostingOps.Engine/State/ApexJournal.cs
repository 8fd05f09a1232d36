using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>
/// The journal of operations on the apex: written before and after each step and hash-chained like the failover journal, in
/// tables of its own, for these operations have no sites. What is written has reached the disk when the call returns.
/// Safe for use from several threads and processes.
/// </summary>
internal sealed class ApexJournal(StateDatabase database)
{
    private const string Columns =
        "id, kind, operator, inventory_path, allocation_id, public_ip, region, endpoint_url, started_at, plan_json, outcome, reason, error_id, result_json, ended_at";

    private const string Family = "apex";

    private readonly OperationIdSource ids = new(database.Time);

    /// <summary>An id for an operation that is about to begin.</summary>
    public string NewId() => ids.Next();

    /// <summary>Writes down an operation with its plan.</summary>
    /// <exception cref="HostingException">InvalidArgument: the id is taken. StateUnavailable, StateCorrupt, JournalTampered: nothing was written.</exception>
    public void Begin(ApexOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        database.Write(transaction =>
        {
            if (transaction.Scalar<long>("SELECT count(*) FROM apex_operations WHERE id = $1", operation.Id) > 0)
            {
                throw JournalErrors.Invalid(operation.Id, $"The journal already has an operation '{operation.Id}'.");
            }

            var started = StateValue.FromTime(operation.StartedAt);
            transaction.Execute(
                """
                INSERT INTO apex_operations
                    (id, kind, operator, inventory_path, allocation_id, public_ip, region, endpoint_url, started_at, plan_json)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                operation.Id,
                operation.Kind.ToString(),
                operation.By,
                operation.InventoryPath,
                operation.AllocationId,
                operation.PublicIp,
                operation.Region,
                operation.EndpointUrl,
                started,
                operation.PlanJson);
            using var chain = new OperationChain(transaction, Family);
            chain.Append(operation.Id, nameof(ApexStep.Plan), JournalMoment.Done, Now(), null, null, Beginning(chain, Row(transaction, operation.Id)!));
        });
    }

    /// <summary>Writes one entry.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="step">The step.</param>
    /// <param name="moment">Started before the world is touched; Done, Failed or Skipped after.</param>
    /// <param name="detail">One sentence, or null. Never a secret.</param>
    /// <param name="dataJson">What a resume needs to know, as JSON, or null. Never a secret.</param>
    /// <exception cref="HostingException">OperationNotFound; StateUnavailable, StateCorrupt: the entry was not written.</exception>
    public void Append(string operationId, ApexStep step, JournalMoment moment, string? detail = null, string? dataJson = null) =>
        database.Write(transaction =>
        {
            _ = Row(transaction, operationId) ?? throw JournalErrors.NotFound(operationId);
            using var chain = new OperationChain(transaction, Family);
            chain.Append(operationId, step.ToString(), moment, Now(), StateValue.Text(detail), StateValue.Text(dataJson), covers: null);
        });

    /// <summary>Writes down how an operation ended.</summary>
    /// <exception cref="HostingException">As <see cref="Append"/>.</exception>
    public void Finish(string operationId, string outcome, string reason, string? errorId, string? resultJson) => database.Write(transaction =>
    {
        var at = Now();
        var changed = transaction.Execute(
            "UPDATE apex_operations SET outcome = $2, reason = $3, error_id = $4, result_json = $5, ended_at = $6 WHERE id = $1",
            operationId,
            outcome,
            StateValue.Text(reason),
            errorId,
            StateValue.Text(resultJson),
            at);
        if (changed == 0)
        {
            throw JournalErrors.NotFound(operationId);
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

    /// <summary>The operation, or null.</summary>
    public ApexOperation? Find(string operationId) =>
        database.Read(transaction => Row(transaction, operationId) is { } row ? Operation(row) : null);

    /// <summary>Operations on an Elastic IP that were begun and have not ended, newest first: running, or cut off.</summary>
    public IReadOnlyList<ApexOperation> Open(string allocationId) => database.Read(transaction => transaction.Query(
        $"SELECT {Columns} FROM apex_operations WHERE allocation_id = $1 AND ended_at IS NULL ORDER BY started_at DESC, id DESC",
        Read,
        allocationId).ConvertAll(Operation));

    /// <summary>Operations, newest first.</summary>
    /// <param name="first">How many at most.</param>
    public IReadOnlyList<ApexOperation> History(int first) => database.Read(transaction => transaction.Query(
        $"SELECT {Columns} FROM apex_operations ORDER BY started_at DESC, id DESC LIMIT $1", Read, (long)first).ConvertAll(Operation));

    /// <summary>The entries of an operation, in order, after a check of the whole chain.</summary>
    /// <exception cref="HostingException">OperationNotFound; JournalTampered: nothing may be resumed from it.</exception>
    public IReadOnlyList<ApexEntry> Entries(string operationId) => database.Read(transaction =>
    {
        var row = Row(transaction, operationId) ?? throw JournalErrors.NotFound(operationId);
        using var chain = new OperationChain(transaction, Family);
        return chain.Check(row.Id, Beginning(chain, row), row.EndedAt is null ? null : Ending(chain, row)).Select(static entry =>
            new ApexEntry(StateValue.ToEnum<ApexStep>(entry.Step), entry.Moment, entry.At, entry.Detail, entry.DataJson)).ToArray();
    });

    private static byte[] Beginning(OperationChain chain, ApexOperationRow row) => chain.Cover(
        row.Id, row.Kind, row.Operator, row.InventoryPath, row.AllocationId, row.PublicIp, row.Region, row.EndpointUrl, row.StartedAt, row.PlanJson);

    private static byte[] Ending(OperationChain chain, ApexOperationRow row) =>
        chain.Cover(row.Outcome, row.Reason, row.ErrorId, row.ResultJson, row.EndedAt);

    private string Now() => StateValue.FromTime(database.Time.GetUtcNow());

    private static ApexOperationRow? Row(StateTransaction transaction, string id) =>
        transaction.Query($"SELECT {Columns} FROM apex_operations WHERE id = $1", Read, id).FirstOrDefault();

    private static ApexOperationRow Read(SqliteDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.TextOrNull(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.GetString(6),
        reader.TextOrNull(7),
        reader.GetString(8),
        reader.GetString(9),
        reader.TextOrNull(10),
        reader.TextOrNull(11),
        reader.TextOrNull(12),
        reader.TextOrNull(13),
        reader.TextOrNull(14));

    private static ApexOperation Operation(ApexOperationRow row) => new()
    {
        Id = row.Id,
        Kind = StateValue.ToEnum<ApexOperationKind>(row.Kind),
        By = row.Operator,
        InventoryPath = row.InventoryPath,
        AllocationId = row.AllocationId,
        PublicIp = row.PublicIp,
        Region = row.Region,
        EndpointUrl = row.EndpointUrl,
        StartedAt = StateValue.ToTime(row.StartedAt),
        PlanJson = row.PlanJson,
        Outcome = row.Outcome,
        Reason = row.Reason,
        ErrorId = row.ErrorId,
        ResultJson = row.ResultJson,
        EndedAt = row.EndedAt is { } ended ? StateValue.ToTime(ended) : null,
    };
}
