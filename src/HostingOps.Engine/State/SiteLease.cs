namespace HostingOps.Engine.State;

/// <summary>
/// The right to work on sites, against every other process that shares the state database. It ends when disposed, when the
/// process ends, or when it was not renewed in time.
/// </summary>
internal sealed class SiteLease : IDisposable
{
    private readonly OperationLock owner;
    private readonly IReadOnlyDictionary<string, long> leases;
    private readonly TimeSpan duration;

    internal SiteLease(OperationLock owner, string operationId, IReadOnlyDictionary<string, long> leases, IReadOnlyList<LockHolder> busy, TimeSpan duration)
    {
        this.owner = owner;
        this.leases = leases;
        this.duration = duration;
        OperationId = operationId;
        Busy = busy;
    }

    /// <summary>The operation that works on the sites.</summary>
    public string OperationId { get; }

    /// <summary>The sites held.</summary>
    public IEnumerable<string> SiteNames => leases.Keys;

    /// <summary>The sites asked for that somebody else holds.</summary>
    public IReadOnlyList<LockHolder> Busy { get; }

    /// <summary>Whether this lease covers the site.</summary>
    public bool Holds(string siteName) => leases.ContainsKey(siteName);

    /// <summary>Sets the end to now and the lease's duration, for all its sites.</summary>
    /// <returns>The sites that were lost: they ran out and somebody else took them. Work on them must stop.</returns>
    /// <exception cref="HostingException">StateUnavailable, StateCorrupt.</exception>
    public IReadOnlyList<string> Renew() => owner.Renew(leases, duration);

    /// <summary>Renews the lease in the background, three times within its duration, until the answer is disposed.</summary>
    /// <param name="time">The clock.</param>
    public LeaseRenewal KeepRenewed(TimeProvider time) => new(this, duration, time);

    /// <summary>Gives the sites back. Never throws: what can't be given back runs out by itself.</summary>
    public void Dispose() => owner.Release(leases);
}
