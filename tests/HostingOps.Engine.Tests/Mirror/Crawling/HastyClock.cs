namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>A clock whose waits of up to ten minutes are over at once: the time they would have taken is added to it.</summary>
internal sealed class HastyClock : TimeProvider
{
    private long skipped;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(Interlocked.Read(ref skipped));

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // Time-outs are no waits: they are made of cancellations, and what they guard is answered at once here.
        if (state is CancellationTokenSource || period != Timeout.InfiniteTimeSpan || dueTime > TimeSpan.FromMinutes(10) || dueTime < TimeSpan.Zero || IsTimeOut(callback))
        {
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        var until = GetUtcNow() + dueTime;
        return System.CreateTimer(
            _ =>
            {
                for (var now = Interlocked.Read(ref skipped); GetUtcNow() < until; now = Interlocked.Read(ref skipped))
                {
                    Interlocked.CompareExchange(ref skipped, now + (until - GetUtcNow()).Ticks, now);
                }

                callback(state);
            },
            null,
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
    }

    private static bool IsTimeOut(TimerCallback callback) => callback.Method.DeclaringType?.FullName?.Contains("CancellationTokenSource", StringComparison.Ordinal) == true;
}
