namespace HostingOps.Engine.Health;

/// <summary>Tells when a probe's own clock ran late, so that its timeouts say more about this machine than about the site.</summary>
internal static class StallRules
{
    /// <summary>Whether a probe took so much longer than it may that this machine must have stood still: asleep, swapping or starved.</summary>
    public static bool Stalled(TimeSpan elapsed, TimeSpan timeout)
    {
        var allowance = timeout / 2 > TimeSpan.FromSeconds(2) ? timeout / 2 : TimeSpan.FromSeconds(2);
        return elapsed > timeout + allowance;
    }
}
