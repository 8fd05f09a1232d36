namespace HostingOps.Engine.Aws;

/// <summary>
/// Spaces requests out. The rate rises slowly while requests are answered and halves when AWS throttles, so that it settles
/// just below what the account allows beside its other users. Waiting requests go in the order they came.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="initial">Requests per second at first.</param>
/// <param name="lowest">Requests per second that throttling can't push it below.</param>
/// <param name="highest">Requests per second that it never exceeds.</param>
/// <param name="burst">Unused turns that may be taken at once; null for a second's worth.</param>
internal sealed class RequestPace(TimeProvider time, double initial, double lowest, double highest, double? burst = null)
{
    private readonly object gate = new();
    private double rate = initial;
    private DateTimeOffset next = DateTimeOffset.MinValue;

    /// <summary>Requests per second now.</summary>
    public double Rate
    {
        get
        {
            lock (gate)
            {
                return rate;
            }
        }
    }

    /// <summary>Waits for this request's turn. Some unused turns may be taken at once.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan delay;
        lock (gate)
        {
            var now = time.GetUtcNow();
            var earliest = now - TimeSpan.FromSeconds(((burst ?? rate) - 1) / rate);
            var turn = next > earliest ? next : earliest;
            next = turn + TimeSpan.FromSeconds(1 / rate);
            delay = turn - now;
        }

        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A request was answered: about half a request per second more after each second of answers.</summary>
    public void Answered()
    {
        lock (gate)
        {
            rate = Math.Min(highest, rate + (0.5 / rate));
        }
    }

    /// <summary>AWS throttled a request.</summary>
    public void Throttled()
    {
        lock (gate)
        {
            rate = Math.Max(lowest, rate / 2);

            // Never before the turns that were given out already: those who wait would go off at once with newcomers.
            var earliest = time.GetUtcNow() + TimeSpan.FromSeconds(1 / rate);
            next = next > earliest ? next : earliest;
        }
    }
}
