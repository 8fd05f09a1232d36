namespace HostingOps.Sandbox.Drill;

/// <summary>Measures a drill.</summary>
internal sealed class DrillClock(TimeProvider time)
{
    private long outage;

    public DateTimeOffset Now => time.GetUtcNow();

    public void MarkOutage() => outage = time.GetTimestamp();

    public double SinceOutage() => time.GetElapsedTime(outage).TotalSeconds;

    public async Task<double> MeasureAsync(Func<Task> work)
    {
        var started = time.GetTimestamp();
        await work().ConfigureAwait(false);
        return time.GetElapsedTime(started).TotalSeconds;
    }
}
