using HostingOps.Engine.DynamicDns.Deciding;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>
/// What is remembered of dynamic records between runs: how long an address has been seen, what the record was left with, the
/// uplink, and the history of writes. A zone is known by its id, so that a rehearsal's stays apart.
/// </summary>
internal sealed class DynamicDnsRegister(StateDatabase database)
{
    /// <summary>What is remembered of one record and one family.</summary>
    public (Settling? Settling, string? Known, DateTimeOffset? LastWrite) Find(string zoneId, string record, PublicAddressFamily family) => database.Read(transaction =>
    {
        var row = transaction.Query(
            "SELECT candidate, candidate_count, candidate_since, known FROM dynamic_dns WHERE zone_id = $1 AND record = $2 AND family = $3",
            static reader => (
                Settling: reader.TextOrNull(0) is { } address ? new Settling(address, reader.GetInt32(1), StateValue.ToTime(reader.GetString(2))) : null,
                Known: reader.TextOrNull(3)),
            zoneId,
            record,
            family.ToString()).FirstOrDefault();

        // The newest by sequence, not by time: one that was stamped in the future must not stand before all that follow.
        var written = transaction.Query(
            """
            SELECT started_at FROM dynamic_dns_history
            WHERE zone_id = $1 AND record = $2 AND family = $3 AND may_have_written = 1 ORDER BY sequence DESC LIMIT 1
            """,
            static reader => (DateTimeOffset?)StateValue.ToTime(reader.GetString(0)),
            zoneId,
            record,
            family.ToString()).FirstOrDefault();
        return (row.Settling, row.Known, written);
    });

    /// <summary>Remembers an observation, and takes it into account in one step: two processes that look at once both count.</summary>
    public Settling? Observe(string zoneId, string record, PublicAddressFamily family, string? address, DateTimeOffset now) => database.Write(transaction =>
    {
        var before = transaction.Query(
            "SELECT candidate, candidate_count, candidate_since FROM dynamic_dns WHERE zone_id = $1 AND record = $2 AND family = $3",
            static reader => reader.TextOrNull(0) is { } seen ? new Settling(seen, reader.GetInt32(1), StateValue.ToTime(reader.GetString(2))) : null,
            zoneId,
            record,
            family.ToString()).FirstOrDefault();
        var after = Settling.After(before, address, now);
        transaction.Execute(
            """
            INSERT INTO dynamic_dns (zone_id, record, family, candidate, candidate_count, candidate_since) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (zone_id, record, family) DO UPDATE SET
                candidate = excluded.candidate, candidate_count = excluded.candidate_count, candidate_since = excluded.candidate_since
            """,
            zoneId,
            record,
            family.ToString(),
            after?.Address,
            (long?)after?.Count,
            after is null ? null : StateValue.FromTime(after.Since));
        return after;
    });

    /// <summary>Remembers what the record has been left with.</summary>
    public void Know(string zoneId, string record, PublicAddressFamily family, string address) =>
        database.Write(transaction => Know(transaction, zoneId, record, family, address));

    /// <summary>Writes down that a write is about to be sent.</summary>
    public long Begin(string zoneId, string record, PublicAddressFamily family, string? from, string to) => database.Write(transaction =>
        transaction.Scalar<long>(
            """
            INSERT INTO dynamic_dns_history (zone_id, record, family, from_address, to_address, started_at, may_have_written)
            VALUES ($1, $2, $3, $4, $5, $6, 1) RETURNING sequence
            """,
            zoneId,
            record,
            family.ToString(),
            from,
            to,
            Now()));

    /// <summary>Writes down how it ended.</summary>
    /// <param name="sequence">The write.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="zoneId">The zone.</param>
    /// <param name="written">Whether the record has, or may have, been written.</param>
    public void Finish(long sequence, DynamicDnsResult result, string zoneId, bool written) => database.Write(transaction =>
    {
        transaction.Execute(
            "UPDATE dynamic_dns_history SET ended_at = $2, may_have_written = $3, result_json = $4 WHERE sequence = $1",
            sequence,
            Now(),
            written ? 1L : 0L,
            StateValue.ToJson(result));
        if (result.Outcome is DynamicDnsOutcome.Updated or DynamicDnsOutcome.UpdatedUnproven or DynamicDnsOutcome.Unchanged)
        {
            Know(transaction, zoneId, result.Record, result.AddressFamily, result.To!);
        }
    });

    /// <summary>Writes down a change of uplink: with the write of the same run, or as an entry of its own.</summary>
    public void Note(string zoneId, DynamicDnsResult result, bool ofWrite) => database.Write(transaction =>
    {
        var (family, json) = (result.AddressFamily.ToString(), StateValue.ToJson(result));
        if (ofWrite && transaction.Execute(
            """
            UPDATE dynamic_dns_history SET result_json = $4
            WHERE sequence = (SELECT max(sequence) FROM dynamic_dns_history WHERE zone_id = $1 AND record = $2 AND family = $3)
            """,
            zoneId,
            result.Record,
            family,
            json) > 0)
        {
            return;
        }

        transaction.Execute(
            """
            INSERT INTO dynamic_dns_history (zone_id, record, family, from_address, to_address, started_at, ended_at, may_have_written, result_json)
            VALUES ($1, $2, $3, $4, $5, $6, $6, 0, $7)
            """,
            zoneId,
            result.Record,
            family,
            result.From,
            result.To ?? result.UplinkChange!.Address,
            Now(),
            json);
    });

    /// <summary>The writes of which nobody knows how they ended: under way, or cut off.</summary>
    public IReadOnlyList<(long Sequence, string? From, string To)> Open(string zoneId, string record, PublicAddressFamily family) => database.Read(transaction =>
        transaction.Query(
            """
            SELECT sequence, from_address, to_address FROM dynamic_dns_history
            WHERE zone_id = $1 AND record = $2 AND family = $3 AND ended_at IS NULL ORDER BY sequence
            """,
            static reader => (reader.GetInt64(0), reader.TextOrNull(1), reader.GetString(2)),
            zoneId,
            record,
            family.ToString()));

    /// <summary>What was done, newest first.</summary>
    /// <param name="records">Full names, or null for all.</param>
    /// <param name="first">How many at most.</param>
    public IReadOnlyList<DynamicDnsResult> History(IReadOnlyCollection<string>? records, int first) => database.Read(transaction =>
    {
        var found = new List<DynamicDnsResult>();
        transaction.Each(
            "SELECT result_json, record, family, from_address, to_address, started_at FROM dynamic_dns_history ORDER BY sequence DESC",
            reader =>
            {
                if (records is null || records.Contains(reader.GetString(1)))
                {
                    found.Add(reader.TextOrNull(0) is { } json ? StateValue.FromJson<DynamicDnsResult>(json) : Unfinished(reader));
                }

                return found.Count < first;
            });
        return found;
    });

    /// <summary>The uplink in use when it was last known, and the change that still wants a reaction.</summary>
    public (string? Name, UplinkChange? Pending) Uplink(string zoneId, string record) => database.Read(transaction => transaction.Query(
        "SELECT uplink, pending_json FROM dynamic_dns_uplinks WHERE zone_id = $1 AND record = $2",
        static reader => (reader.TextOrNull(0), reader.TextOrNull(1) is { } json ? StateValue.FromJson<UplinkChange>(json) : null),
        zoneId,
        record).FirstOrDefault());

    /// <summary>Remembers the uplink in use, and the change that still wants a reaction.</summary>
    public void SetUplink(string zoneId, string record, string? name, UplinkChange? pending) => database.Write(transaction => transaction.Execute(
        """
        INSERT INTO dynamic_dns_uplinks (zone_id, record, uplink, pending_json) VALUES ($1, $2, $3, $4)
        ON CONFLICT (zone_id, record) DO UPDATE SET uplink = excluded.uplink, pending_json = excluded.pending_json
        """,
        zoneId,
        record,
        name,
        pending is null ? null : StateValue.ToJson(pending with { Failovers = [] })));

    private string Now() => StateValue.FromTime(database.Time.GetUtcNow());

    private static void Know(StateTransaction transaction, string zoneId, string record, PublicAddressFamily family, string address) => transaction.Execute(
        """
        INSERT INTO dynamic_dns (zone_id, record, family, known) VALUES ($1, $2, $3, $4)
        ON CONFLICT (zone_id, record, family) DO UPDATE SET known = excluded.known
        """,
        zoneId,
        record,
        family.ToString(),
        address);

    private static DynamicDnsResult Unfinished(SqliteDataReader reader) => new()
    {
        Record = reader.GetString(1),
        AddressFamily = StateValue.ToEnum<PublicAddressFamily>(reader.GetString(2)),
        Outcome = DynamicDnsOutcome.Unknown,
        Reason = "The write is under way, or was cut off; the next update finds out.",
        From = reader.TextOrNull(3),
        To = reader.GetString(4),
        At = StateValue.ToTime(reader.GetString(5)),
    };
}
