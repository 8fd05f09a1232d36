namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>The smallest thing whose failure explains what several checks see.</summary>
/// <param name="Cause">Site, Standby, Host, Provider or Uplink.</param>
/// <param name="Subject">Its name.</param>
/// <param name="Targets">All that it explains: at least one that is Down, and those that are Suspect with it.</param>
/// <param name="Since">When the first of them began to fail.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record FailureCause(IncidentCause Cause, string Subject, IReadOnlyList<WatchedTarget> Targets, DateTimeOffset Since, string Reason);
