namespace HostingOps.Engine.State;

/// <summary>Keeps a lease from running out while work goes on, and says when that failed.</summary>
internal sealed class LeaseRenewal : IDisposable
{
    private readonly object gate = new();
    private readonly CancellationTokenSource lost = new();
    private readonly SiteLease lease;
    private readonly TimeSpan duration;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private long renewedAt;
    private bool disposed;

    internal LeaseRenewal(SiteLease lease, TimeSpan duration, TimeProvider time)
    {
        this.lease = lease;
        this.duration = duration;
        this.time = time;
        Lost = lost.Token;
        renewedAt = time.GetTimestamp();
        timer = time.CreateTimer(_ => Renew(), null, duration / 3, duration / 3);
    }

    /// <summary>Is cancelled when a site was taken by somebody else, or the state database could not be written for a whole duration.</summary>
    public CancellationToken Lost { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            disposed = true;
        }
    }

    private void Renew()
    {
        if (!TryRenew())
        {
            // Outside the lock: what listens runs here and may dispose this renewal from another thread. The source has no
            // timer, so nothing is lost by never disposing it.
            lost.Cancel();
        }
    }

    private bool TryRenew()
    {
        lock (gate)
        {
            if (disposed || Lost.IsCancellationRequested)
            {
                return true;
            }

            var now = time.GetTimestamp();
            try
            {
                if (lease.Renew().Count == 0)
                {
                    renewedAt = now;
                    return true;
                }
            }
            catch (Exception exception) when (exception is HostingException or ObjectDisposedException)
            {
                // A lock or a full disk may pass before the lease runs out; the next turn tries again.
                return time.GetElapsedTime(renewedAt, now) < duration;
            }

            return false;
        }
    }
}
