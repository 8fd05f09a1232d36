namespace HostingOps.Engine.Watch.Incidents;

/// <summary>Something to be told of an incident.</summary>
/// <param name="Kind">What has become of it.</param>
/// <param name="Entry">The incident.</param>
internal sealed record IncidentNews(IncidentNewsKind Kind, IncidentEntry Entry);
