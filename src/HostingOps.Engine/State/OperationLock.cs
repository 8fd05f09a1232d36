using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.State;

/// <summary>
/// Locks on sites between the processes that share a state database. A lock is a lease: one whose process is gone (same
/// machine), or that has run out, is taken over. It only saves work and API calls; what keeps two machines from
/// switching one site twice is Route 53's compare-and-swap.
/// </summary>
/// <param name="database">Where it is kept.</param>
internal sealed class OperationLock(StateDatabase database)
{
    private readonly ProcessMark process = ProcessMark.Current();

    internal OperationLock(StateDatabase database, ProcessMark process)
        : this(database) => this.process = process;

    /// <summary>Takes a site, or says who has it.</summary>
    /// <param name="holder">Who asks, <c>user@machine</c>.</param>
    /// <param name="lease">How long it holds unless renewed.</param>
    /// <param name="heldBy">Who has it, when the answer is null.</param>
    /// <exception cref="HostingException">StateUnavailable, StateCorrupt.</exception>
    public SiteLease? TryAcquire(
        string zone, string siteName, string operationId, string holder, TimeSpan lease, out LockHolder? heldBy)
    {
        var taken = AcquireAll(zone, [siteName], operationId, holder, lease);
        heldBy = taken.Busy.Count > 0 ? taken.Busy[0] : null;
        return heldBy is null ? taken : null;
    }

    /// <summary>Takes several sites in one transaction: those that are free, or, with <paramref name="allOrNone"/>, all of them or none.</summary>
    /// <returns>The lease, with the sites it holds and who has the others.</returns>
    /// <exception cref="HostingException">StateUnavailable, StateCorrupt.</exception>
    public SiteLease AcquireAll(
        string zone, IEnumerable<string> siteNames, string operationId, string holder, TimeSpan lease, bool allOrNone = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        var names = siteNames.Distinct(StringComparer.Ordinal).ToList();
        var zoneKey = StateValue.ZoneKey(zone);
        return database.Write(transaction =>
        {
            var now = database.Time.GetUtcNow();
            var living = new Dictionary<ProcessMark, bool>();
            var busy = new List<LockHolder>();
            foreach (var name in names)
            {
                busy.AddRange(Living(transaction, zoneKey, name, now, living));
            }

            var taken = new Dictionary<string, long>(StringComparer.Ordinal);
            if (busy.Count == 0 || !allOrNone)
            {
                foreach (var name in names.Except(busy.Select(static held => held.SiteName), StringComparer.Ordinal))
                {
                    taken.Add(name, Take(transaction, zoneKey, name, operationId, holder, now, lease));
                }
            }

            return new SiteLease(this, operationId, taken, busy, lease);
        });
    }

    /// <summary>Who works on which of a zone's sites at this moment.</summary>
    /// <exception cref="HostingException">StateUnavailable, StateCorrupt.</exception>
    public IReadOnlyList<LockHolder> Holders(string zone) => database.Read(transaction =>
        Living(transaction, StateValue.ZoneKey(zone), siteName: null, database.Time.GetUtcNow(), []).ToList());

    internal IReadOnlyList<string> Renew(IReadOnlyDictionary<string, long> leases, TimeSpan duration) => database.Write(transaction =>
    {
        var expires = StateValue.FromTime(database.Time.GetUtcNow() + duration);
        return leases
            .Where(lease => transaction.Execute("UPDATE leases SET expires_at = $2 WHERE lease = $1", lease.Value, expires) == 0)
            .Select(static lease => lease.Key)
            .ToList();
    });

    internal void Release(IReadOnlyDictionary<string, long> leases)
    {
        if (leases.Count == 0)
        {
            return;
        }

        try
        {
            database.Write(transaction =>
            {
                foreach (var lease in leases.Values)
                {
                    transaction.Execute("DELETE FROM leases WHERE lease = $1", lease);
                }
            });
        }
        catch (Exception exception) when (exception is HostingException or ObjectDisposedException)
        {
            // The work is over and its own outcome must reach the user; a lease left behind runs out by itself.
        }
    }

    private long Take(
        StateTransaction transaction, string zone, string siteName, string operationId, string holder, DateTimeOffset now, TimeSpan lease)
    {
        // A new row, not an updated one: the former holder must not renew or release what is ours now.
        transaction.Execute("DELETE FROM leases WHERE zone = $1 AND site_name = $2", zone, siteName);
        return transaction.Scalar<long>(
            """
            INSERT INTO leases
                (zone, site_name, operation_id, holder, process_space, process_id, process_birth, acquired_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING lease
            """,
            zone,
            siteName,
            operationId,
            holder,
            process.Space,
            process.Id,
            process.Birth,
            StateValue.FromTime(now),
            StateValue.FromTime(now + lease));
    }

    private static IEnumerable<LockHolder> Living(
        StateTransaction transaction, string zoneKey, string? siteName, DateTimeOffset now, Dictionary<ProcessMark, bool> living) =>
        transaction.Query(
            """
            SELECT site_name, operation_id, holder, process_id, acquired_at, expires_at, process_space, process_birth
            FROM leases WHERE zone = $1 AND ($2 IS NULL OR site_name = $2)
            """,
            Read,
            zoneKey,
            siteName)
            .Where(held => held.Holder.ExpiresAt > now && IsAlive(held.Process, living))
            .Select(static held => held.Holder);

    private static (LockHolder Holder, ProcessMark Process) Read(SqliteDataReader reader)
    {
        var processId = reader.GetInt32(3);
        return (
            new LockHolder(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetString(2),
                processId,
                StateValue.ToTime(reader.GetString(4)),
                StateValue.ToTime(reader.GetString(5))),
            new ProcessMark(reader.GetString(6), processId, reader.GetString(7)));
    }

    // One process usually holds thousands of the rows; it is looked up once.
    private static bool IsAlive(ProcessMark process, Dictionary<ProcessMark, bool> known)
    {
        if (!known.TryGetValue(process, out var alive))
        {
            alive = !process.IsGone();
            known.Add(process, alive);
        }

        return alive;
    }
}
