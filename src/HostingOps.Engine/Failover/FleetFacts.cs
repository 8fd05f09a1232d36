namespace HostingOps.Engine.Failover;

/// <summary>How much of the fleet has moved lately and would move with this operation.</summary>
/// <param name="Policy">The limits.</param>
/// <param name="Sites">Sites in the inventory.</param>
/// <param name="Recent">Sites that failed over, or began to, within the policy's window and are not among those wanted now.</param>
/// <param name="Wanted">Sites of this operation that every other gate lets through.</param>
/// <param name="Provider">The provider that the site would leave.</param>
/// <param name="RecentOfProvider">Of <paramref name="Recent"/>, those away from that provider.</param>
/// <param name="WantedOfProvider">Of <paramref name="Wanted"/>, those away from that provider.</param>
internal sealed record FleetFacts(
    FleetPolicy Policy, int Sites, int Recent, int Wanted, string? Provider, int RecentOfProvider, int WantedOfProvider);
