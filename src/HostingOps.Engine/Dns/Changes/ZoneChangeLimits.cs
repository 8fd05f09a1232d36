namespace HostingOps.Engine.Dns.Changes;

/// <summary>How much of a zone one plan may update or delete.</summary>
/// <param name="MaxChanges">Record sets at most.</param>
/// <param name="MaxPercent">Share of the zone's record sets at most, 0 to 100; looked at only in a zone with <see cref="SmallZone"/> sets or more.</param>
public sealed record ZoneChangeLimits(int MaxChanges = 50, int MaxPercent = 30)
{
    /// <summary>A percentage says nothing of a zone with fewer record sets.</summary>
    public const int SmallZone = 10;
}
