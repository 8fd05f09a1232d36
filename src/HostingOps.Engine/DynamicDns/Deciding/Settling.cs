namespace HostingOps.Engine.DynamicDns.Deciding;

/// <summary>How long an address has been seen without another, or none, in between.</summary>
/// <param name="Address">The address.</param>
/// <param name="Count">Observations in a row.</param>
/// <param name="Since">The first of them.</param>
internal sealed record Settling(string Address, int Count, DateTimeOffset Since)
{
    // A look a day is a rare one, and the day on which clocks go back has 25 hours.
    private static readonly TimeSpan LongestGap = TimeSpan.FromHours(25);

    /// <summary>The state after one more observation; null when nothing is believed. A pure function.</summary>
    public static Settling? After(Settling? before, string? address, DateTimeOffset now) =>
        address is null ? null

        // A beginning in the future is a clock that was set back: its time says nothing.
        : before is not null && before.Address == address && before.Since <= now

            // Between looks that are further apart anything may have been: "stayed" must have been seen.
            && (now - before.Since) / before.Count <= LongestGap ? before with { Count = before.Count + 1 }
        : new Settling(address, 1, now);

    /// <summary>Whether it has stayed long enough.</summary>
    public bool IsSettled(DynamicDnsRecord settings, DateTimeOffset now) => Count >= settings.SettleCount && now - Since >= settings.SettleTime;
}
