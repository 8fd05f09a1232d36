namespace HostingOps.Engine.State;

/// <summary>Checks the journal against its hash chain, by reading only.</summary>
internal sealed class JournalAudit
{
    private readonly StateTransaction transaction;
    private readonly Dictionary<(string Operation, string Site), EntryRow> beginnings = [];
    private readonly Dictionary<(string Operation, string Site), EntryRow> endings = [];
    private long lastSequence;
    private long? broken;
    private string? problem;

    private JournalAudit(StateTransaction transaction) => this.transaction = transaction;

    /// <summary>Checks every entry, the head, and every operation with its sites.</summary>
    public static JournalVerification Whole(StateTransaction transaction)
    {
        var audit = new JournalAudit(transaction);
        var count = audit.CheckEntries(first: 1, JournalChain.Beginning, only: null);
        audit.CheckRows(only: null);
        return new JournalVerification(count, audit.broken, audit.problem);
    }

    /// <summary>Checks one operation, and the chain from its first entry on.</summary>
    /// <exception cref="HostingException">OperationNotFound.</exception>
    public static JournalVerification Operation(StateTransaction transaction, string operationId)
    {
        var first = transaction.Scalar<long>("SELECT min(sequence) FROM entries WHERE operation_id = $1", operationId);
        if (first == 0)
        {
            return transaction.Scalar<long>("SELECT count(*) FROM operations WHERE id = $1", operationId) == 0
                ? throw JournalErrors.NotFound(operationId)
                : new JournalVerification(0, 1, $"operation '{operationId}' has no entries");
        }

        var audit = new JournalAudit(transaction);
        var before = first == 1
            ? JournalChain.Beginning
            : transaction.Scalar<byte[]>("SELECT hash FROM entries WHERE sequence = $1", first - 1);
        if (before is null)
        {
            audit.Report(first - 1, "the entry is missing");
        }

        var count = audit.CheckEntries(first, before, operationId);
        audit.CheckRows(operationId);
        return new JournalVerification(count, audit.broken, audit.problem);
    }

    private long CheckEntries(long first, byte[]? before, string? only)
    {
        using var chain = new JournalChain();
        var expected = first;
        var hash = before;
        long count = 0;
        transaction.Each(
            $"SELECT {EntryRow.Columns} FROM entries e WHERE e.sequence >= $1 ORDER BY e.sequence",
            reader =>
            {
                var entry = EntryRow.Read(reader);
                count++;
                if (entry.Sequence != expected)
                {
                    Report(expected, "the entry is missing");
                }
                else if (hash is not null && !entry.PreviousHash.AsSpan().SequenceEqual(hash))
                {
                    Report(entry.Sequence, "it does not follow from the entry before it");
                }
                else if (!entry.Hash.AsSpan().SequenceEqual(chain.Hash(entry)))
                {
                    Report(entry.Sequence, "it was edited after it was written");
                }

                Remember(entry, only);
                expected = entry.Sequence + 1;
                hash = entry.Hash;
                return true;
            },
            first);
        lastSequence = expected - 1;
        CheckHead(hash);
        return count;
    }

    private void Remember(EntryRow entry, string? only)
    {
        if (entry.Covers is null || (only is not null && entry.OperationId != only))
        {
            return;
        }

        var key = (entry.OperationId, entry.SiteName);
        if (entry.Step == nameof(FailoverStep.Plan))
        {
            beginnings.TryAdd(key, entry);
        }
        else
        {
            endings[key] = entry;
        }
    }

    // The head is what shows that entries were cut off at the end, where no later entry misses them.
    private void CheckHead(byte[]? lastHash)
    {
        var heads = transaction.Query(
            "SELECT entry_count, hash FROM journal_head WHERE id = 1",
            static reader => (Count: reader.GetInt64(0), Hash: reader.GetFieldValue<byte[]>(1)));
        if (heads is not [var head])
        {
            Report(lastSequence + 1, "the journal's head is missing");
        }
        else if (head.Count != lastSequence)
        {
            Report(
                Math.Max(1, Math.Min(head.Count, lastSequence) + 1),
                FormattableString.Invariant($"the journal's head counts {head.Count} entries, the last one there is {lastSequence}"));
        }
        else if (lastHash is not null && !head.Hash.AsSpan().SequenceEqual(lastHash))
        {
            Report(lastSequence, "the journal's head has another hash");
        }
    }

    private void CheckRows(string? only)
    {
        using var chain = new JournalChain();
        transaction.Each(
            $"""
            SELECT {OperationRow.Columns}, {SiteRow.Columns}
            FROM operations o JOIN operation_sites s ON s.operation_id = o.id
            WHERE $1 IS NULL OR o.id = $1
            """,
            reader =>
            {
                CheckRow(chain, OperationRow.Read(reader), SiteRow.Read(reader, OperationRow.ColumnCount));
                return true;
            },
            only);
        foreach (var lost in beginnings.Values)
        {
            Report(lost.Sequence, $"the plan of site '{lost.SiteName}' that it belongs to is missing");
        }

        var strays = transaction.Query(
            """
            SELECT o.id FROM operations o
            WHERE ($1 IS NULL OR o.id = $1) AND NOT EXISTS (SELECT 1 FROM operation_sites s WHERE s.operation_id = o.id)
            UNION ALL
            SELECT s.operation_id FROM operation_sites s
            WHERE ($1 IS NULL OR s.operation_id = $1) AND NOT EXISTS (SELECT 1 FROM operations o WHERE o.id = s.operation_id)
            """,
            static reader => reader.GetString(0),
            only);
        foreach (var stray in strays)
        {
            Report(lastSequence + 1, $"operation '{stray}' is there only in part");
        }
    }

    private void CheckRow(JournalChain chain, OperationRow operation, SiteRow site)
    {
        var key = (operation.Id, site.SiteName);
        if (!beginnings.Remove(key, out var beginning))
        {
            Report(lastSequence + 1, $"site '{site.SiteName}' of operation '{operation.Id}' has no entry that begins it");
            return;
        }

        if (!chain.CoverBeginning(operation, site).AsSpan().SequenceEqual(beginning.Covers))
        {
            Report(beginning.Sequence, $"the operation, or the plan of site '{site.SiteName}', was edited after it was written");
        }

        if (!endings.TryGetValue(key, out var ending))
        {
            if (!site.IsUnended)
            {
                Report(lastSequence + 1, $"site '{site.SiteName}' of operation '{operation.Id}' has an outcome, and the entry that ended it is missing");
            }

            return;
        }

        var covers = chain.CoverEnding(site.Outcome, site.Reason, site.ErrorId, site.ResultJson, site.EndedAt);
        if (!covers.AsSpan().SequenceEqual(ending.Covers))
        {
            Report(ending.Sequence, $"the outcome of site '{site.SiteName}' was edited after it was written");
        }
    }

    private void Report(long sequence, string what)
    {
        if (broken is null || sequence < broken)
        {
            broken = sequence;
            problem = what;
        }
    }
}
