namespace HostingOps.Engine.State;

/// <summary>
/// Appends entries to the chain within one writing transaction. The transaction holds the write lock from its
/// beginning, so two processes can't both continue from the same head.
/// </summary>
internal sealed class JournalTail : IDisposable
{
    private readonly StateTransaction transaction;
    private readonly JournalChain chain = new();
    private long count;
    private byte[] hash = [];

    /// <summary>Continues from the head.</summary>
    public JournalTail(StateTransaction transaction)
    {
        this.transaction = transaction;
        transaction.Each("SELECT entry_count, hash FROM journal_head WHERE id = 1", reader =>
        {
            count = reader.GetInt64(0);
            hash = reader.GetFieldValue<byte[]>(1);
            return false;
        });

        // A head that was turned back, or is gone, would make the next entry collide with one that exists.
        if (hash.Length == 0 || transaction.Scalar<long>("SELECT max(sequence) FROM entries") > count)
        {
            throw JournalErrors.Tampered(count + 1, "the journal's head does not count the entries that are there");
        }
    }

    /// <summary>The chain's arithmetic.</summary>
    public JournalChain Chain => chain;

    /// <summary>Adds one entry.</summary>
    public void Append(
        string operationId, string siteName, FailoverStep step, JournalMoment moment, string at, string? detail, string? dataJson, byte[]? covers)
    {
        var entry = new EntryRow(
            count + 1, operationId, siteName, step.ToString(), moment.ToString(), at, detail, dataJson, covers, hash, []);
        entry = entry with { Hash = chain.Hash(entry) };
        transaction.Execute(
            """
            INSERT INTO entries (sequence, operation_id, site_name, step, moment, at, detail, data_json, covers, previous_hash, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            entry.Sequence,
            entry.OperationId,
            entry.SiteName,
            entry.Step,
            entry.Moment,
            entry.At,
            entry.Detail,
            entry.DataJson,
            entry.Covers,
            entry.PreviousHash,
            entry.Hash);
        count = entry.Sequence;
        hash = entry.Hash;
    }

    /// <summary>Writes the new head. To be called before the transaction commits.</summary>
    public void WriteHead() =>
        transaction.Execute("UPDATE journal_head SET entry_count = $1, hash = $2 WHERE id = 1", count, hash);

    /// <inheritdoc/>
    public void Dispose() => chain.Dispose();
}
