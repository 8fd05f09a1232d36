using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>
/// The hash chain over <c>apex_entries</c>, within one transaction: an entry's hash covers the one before it and all its own
/// columns; the first entry of an operation also covers the plan, the last one the outcome.
/// </summary>
internal sealed class ApexChain(StateTransaction transaction) : IDisposable
{
    private readonly Fingerprint fingerprint = new();

    /// <summary>Adds one entry and moves the head.</summary>
    /// <exception cref="HostingException">JournalTampered: the head is not the last entry.</exception>
    public void Append(string operationId, ApexStep step, JournalMoment moment, string at, string? detail, string? dataJson, byte[]? covers)
    {
        var (count, previous) = Head();
        if (transaction.Scalar<long>("SELECT max(sequence) FROM apex_entries") != count)
        {
            throw JournalErrors.Tampered(count + 1, "the head of the apex journal does not count the entries that are there");
        }

        var entry = new Entry(count + 1, operationId, step.ToString(), moment.ToString(), at, detail, dataJson, covers, previous, []);
        var hash = Hash(entry);
        transaction.Execute(
            """
            INSERT INTO apex_entries (sequence, operation_id, step, moment, at, detail, data_json, covers, previous_hash, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            entry.Sequence,
            operationId,
            entry.Step,
            entry.Moment,
            at,
            detail,
            dataJson,
            covers,
            previous,
            hash);
        transaction.Execute("UPDATE apex_head SET entry_count = $1, hash = $2 WHERE id = 1", entry.Sequence, hash);
    }

    /// <summary>What an operation's first entry covers: the operation and its plan.</summary>
    public byte[] CoverBeginning(ApexOperationRow row) => fingerprint
        .Add(row.Id).Add(row.Kind).Add(row.Operator).Add(row.InventoryPath).Add(row.AllocationId).Add(row.PublicIp)
        .Add(row.Region).Add(row.EndpointUrl).Add(row.StartedAt).Add(row.PlanJson)
        .Take();

    /// <summary>What its last entry covers: the outcome.</summary>
    public byte[] CoverEnding(ApexOperationRow row) =>
        fingerprint.Add(row.Outcome).Add(row.Reason).Add(row.ErrorId).Add(row.ResultJson).Add(row.EndedAt).Take();

    /// <summary>Checks the whole chain and the operations given, and gives each one's entries.</summary>
    /// <exception cref="HostingException">JournalTampered.</exception>
    public IReadOnlyList<IReadOnlyList<ApexEntry>> Check(IReadOnlyList<ApexOperationRow> rows)
    {
        var previous = JournalChain.Beginning;
        long sequence = 0;
        var own = rows.ToDictionary(static row => row.Id, static _ => new List<Entry>(), StringComparer.Ordinal);
        foreach (var entry in transaction.Query(
            "SELECT sequence, operation_id, step, moment, at, detail, data_json, covers, previous_hash, hash FROM apex_entries ORDER BY sequence", Read))
        {
            if (entry.Sequence != ++sequence || !entry.PreviousHash.AsSpan().SequenceEqual(previous) || !entry.Hash.AsSpan().SequenceEqual(Hash(entry)))
            {
                throw JournalErrors.Tampered(entry.Sequence, "the entry was edited, or the one before it is missing");
            }

            previous = entry.Hash;
            own.GetValueOrDefault(entry.OperationId)?.Add(entry);
        }

        var (count, head) = Head();
        return count == sequence && head.AsSpan().SequenceEqual(previous)
            ? rows.Select(row => Check(row, own[row.Id])).ToList()
            : throw JournalErrors.Tampered(sequence, "the last entries are missing");
    }

    private List<ApexEntry> Check(ApexOperationRow row, List<Entry> own)
    {
        if (own.Count == 0 || !CoverBeginning(row).AsSpan().SequenceEqual(own[0].Covers))
        {
            throw JournalErrors.Tampered(own.Count == 0 ? 0 : own[0].Sequence, $"the plan of operation {row.Id} was edited");
        }

        var ending = own.FindLast(static entry => entry.Step == nameof(ApexStep.Finish));
        if ((ending is null) != (row.EndedAt is null) || (ending is not null && !CoverEnding(row).AsSpan().SequenceEqual(ending.Covers)))
        {
            throw JournalErrors.Tampered((ending ?? own[^1]).Sequence, $"the outcome of operation {row.Id} was edited");
        }

        return own.ConvertAll(static entry => new ApexEntry(
            StateValue.ToEnum<ApexStep>(entry.Step),
            StateValue.ToEnum<JournalMoment>(entry.Moment),
            StateValue.ToTime(entry.At),
            entry.Detail,
            entry.DataJson));
    }

    /// <inheritdoc/>
    public void Dispose() => fingerprint.Dispose();

    private (long Count, byte[] Hash) Head()
    {
        var heads = transaction.Query(
            "SELECT entry_count, hash FROM apex_head WHERE id = 1",
            static reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        return heads.Count == 1 ? heads[0] : throw JournalErrors.Tampered(0, "the head of the apex journal is missing");
    }

    private byte[] Hash(Entry entry) => fingerprint
        .Add(entry.PreviousHash).Add(entry.Sequence).Add(entry.OperationId).Add(entry.Step).Add(entry.Moment).Add(entry.At)
        .Add(entry.Detail).Add(entry.DataJson).Add(entry.Covers)
        .Take();

    private static Entry Read(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.TextOrNull(5),
        reader.TextOrNull(6),
        reader.IsDBNull(7) ? null : reader.GetFieldValue<byte[]>(7),
        reader.GetFieldValue<byte[]>(8),
        reader.GetFieldValue<byte[]>(9));

    private sealed record Entry(
        long Sequence, string OperationId, string Step, string Moment, string At, string? Detail, string? DataJson, byte[]? Covers, byte[] PreviousHash, byte[] Hash);
}
