using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>
/// The hash chain over the entries of one family of operations that have no sites, within one transaction: an entry's hash
/// covers the one before it and all its own columns; the first entry of an operation also covers the plan, the last one the outcome.
/// </summary>
/// <param name="transaction">The transaction.</param>
/// <param name="family">Beginning of the tables' names: <c>apex</c> or <c>zone</c>.</param>
internal sealed class OperationChain(StateTransaction transaction, string family) : IDisposable
{
    /// <summary>Every family's last step.</summary>
    public const string FinishStep = "Finish";

    private readonly Fingerprint fingerprint = new();

    /// <summary>Adds one entry and moves the head.</summary>
    /// <exception cref="HostingException">JournalTampered: the head is not the last entry.</exception>
    public void Append(string operationId, string step, JournalMoment moment, string at, string? detail, string? dataJson, byte[]? covers)
    {
        var (count, previous) = Head();
        if (transaction.Scalar<long>($"SELECT max(sequence) FROM {family}_entries") != count)
        {
            throw JournalErrors.Tampered(count + 1, $"the head of the {family} journal does not count the entries that are there");
        }

        var entry = new Entry(count + 1, operationId, step, moment.ToString(), at, detail, dataJson, covers, previous, []);
        var hash = Hash(entry);
        transaction.Execute(
            $"""
            INSERT INTO {family}_entries (sequence, operation_id, step, moment, at, detail, data_json, covers, previous_hash, hash)
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
        transaction.Execute($"UPDATE {family}_head SET entry_count = $1, hash = $2 WHERE id = 1", entry.Sequence, hash);
    }

    /// <summary>A digest of columns, for an entry that covers them.</summary>
    public byte[] Cover(params string?[] columns)
    {
        foreach (var column in columns)
        {
            fingerprint.Add(column);
        }

        return fingerprint.Take();
    }

    /// <summary>Checks the whole chain and one operation, and gives that operation's entries.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="beginning">What its first entry must cover: the operation and its plan.</param>
    /// <param name="ending">What its last entry must cover, the outcome; null while it is open.</param>
    /// <exception cref="HostingException">JournalTampered.</exception>
    public IReadOnlyList<OperationEntry> Check(string operationId, byte[] beginning, byte[]? ending)
    {
        var previous = JournalChain.Beginning;
        long sequence = 0;
        var own = new List<Entry>();
        foreach (var entry in transaction.Query(
            $"SELECT sequence, operation_id, step, moment, at, detail, data_json, covers, previous_hash, hash FROM {family}_entries ORDER BY sequence", Read))
        {
            if (entry.Sequence != ++sequence || !entry.PreviousHash.AsSpan().SequenceEqual(previous) || !entry.Hash.AsSpan().SequenceEqual(Hash(entry)))
            {
                throw JournalErrors.Tampered(entry.Sequence, "the entry was edited, or the one before it is missing");
            }

            previous = entry.Hash;
            if (entry.OperationId == operationId)
            {
                own.Add(entry);
            }
        }

        var (count, head) = Head();
        if (count != sequence || !head.AsSpan().SequenceEqual(previous))
        {
            throw JournalErrors.Tampered(sequence, "the last entries are missing");
        }

        if (own.Count == 0 || !beginning.AsSpan().SequenceEqual(own[0].Covers))
        {
            throw JournalErrors.Tampered(own.Count == 0 ? 0 : own[0].Sequence, $"the plan of operation {operationId} was edited");
        }

        var last = own.FindLast(static entry => entry.Step == FinishStep);
        if ((last is null) != (ending is null) || (last is not null && !ending.AsSpan().SequenceEqual(last.Covers)))
        {
            throw JournalErrors.Tampered((last ?? own[^1]).Sequence, $"the outcome of operation {operationId} was edited");
        }

        return own.ConvertAll(static entry => new OperationEntry(
            entry.Step,
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
            $"SELECT entry_count, hash FROM {family}_head WHERE id = 1",
            static reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        return heads.Count == 1 ? heads[0] : throw JournalErrors.Tampered(0, $"the head of the {family} journal is missing");
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
