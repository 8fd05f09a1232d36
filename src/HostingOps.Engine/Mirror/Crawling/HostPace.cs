namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>
/// Spreads one host's requests evenly over time. Each takes the next free moment, so no burst follows a silence; the limiters of
/// System.Threading.RateLimiting allow bursts, and know no pause that a server asks for.
/// </summary>
internal sealed class HostPace(double? perSecond, TimeProvider clock)
{
    private readonly object gate = new();
    private TimeSpan interval = perSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;
    private DateTimeOffset free = DateTimeOffset.MinValue;
    private DateTimeOffset pausedUntil = DateTimeOffset.MinValue;

    /// <summary>Time between the beginnings of two requests.</summary>
    public TimeSpan Interval
    {
        get
        {
            lock (gate)
            {
                return interval;
            }
        }
    }

    /// <summary>Waits for the next free moment.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset mine;
        lock (gate)
        {
            var now = clock.GetUtcNow();
            mine = free > now ? free : now;
            free = mine + interval;
        }

        while (true)
        {
            TimeSpan wait;
            lock (gate)
            {
                // A pause that began while this one waited holds for it too.
                var until = pausedUntil > mine ? pausedUntil : mine;
                wait = until - clock.GetUtcNow();
            }

            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>No request for that long: the server asked for it.</summary>
    public void Pause(TimeSpan time)
    {
        lock (gate)
        {
            var until = clock.GetUtcNow() + time;
            pausedUntil = until > pausedUntil ? until : pausedUntil;

            // Those who come later line up behind the pause, not all at its end.
            free = until > free ? until : free;
        }
    }

    /// <summary>At least that long between two requests from now on.</summary>
    public void SlowTo(TimeSpan atLeast)
    {
        lock (gate)
        {
            interval = atLeast > interval ? atLeast : interval;
        }
    }
}
