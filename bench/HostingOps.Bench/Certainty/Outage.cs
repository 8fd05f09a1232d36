namespace HostingOps.Bench.Certainty;

/// <summary>A time in which a site's active host serves no visitors.</summary>
/// <param name="Start">Its first moment, s since the day began.</param>
/// <param name="End">The moment after its last.</param>
/// <param name="Kind">The fault that took most of it.</param>
/// <param name="IsSilent">Whether it begins with silence, and not with answers that are none.</param>
/// <param name="StandbyServes">Whether the standby serves until a switch is overdue, so that there is something to switch to.</param>
internal readonly record struct Outage(double Start, double End, FaultKind Kind, bool IsSilent, bool StandbyServes)
{
    public double Length => End - Start;
}
