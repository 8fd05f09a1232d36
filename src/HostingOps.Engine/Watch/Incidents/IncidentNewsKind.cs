namespace HostingOps.Engine.Watch.Incidents;

/// <summary>What has become of an incident that people should know.</summary>
internal enum IncidentNewsKind
{
    /// <summary>It has begun, or come back.</summary>
    Begun,

    /// <summary>It is more than was told: a host instead of a site, or more urgent.</summary>
    Grown,

    /// <summary>It is over, or has become a part of another one.</summary>
    Ended,
}
