namespace HostingOps.Engine.Alerts.Outbox;

/// <summary>How often and how long a delivery is tried: after 5 s, then twice as long each time up to 15 min, for a day.</summary>
internal static class DeliveryWaits
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>No wait is longer: the bound of what a receiver may wish.</summary>
    public static TimeSpan Most { get; } = TimeSpan.FromHours(1);

    /// <summary>How long a delivery may wait in all.</summary>
    public static TimeSpan Age { get; } = TimeSpan.FromDays(1);

    /// <summary>The wait after a failure, up to a fifth more or less, so that those who failed together do not come back together.</summary>
    /// <param name="attempts">Tries so far, from 1.</param>
    /// <param name="wish">How long the receiver wants to be left alone, or null.</param>
    /// <param name="random">What spreads the waits.</param>
    public static TimeSpan After(int attempts, TimeSpan? wish, Random random)
    {
        var wait = First * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        wait = (wait < Longest ? wait : Longest) * (0.8 + (random.NextDouble() * 0.4));
        return wish > wait ? wish.Value : wait;
    }
}
