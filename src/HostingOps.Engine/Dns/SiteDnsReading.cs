namespace HostingOps.Engine.Dns;

/// <summary>What was read of the sites' records.</summary>
/// <param name="Zone">The hosted zone.</param>
/// <param name="Targets">One for each site asked for, in that order.</param>
/// <param name="Marker">The zone's marker, when it was asked for and is there.</param>
public sealed record SiteDnsReading(HostedZoneReference Zone, IReadOnlyList<SiteDnsTarget> Targets, SwitchMarker? Marker);
