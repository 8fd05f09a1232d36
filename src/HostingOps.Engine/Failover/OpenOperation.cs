using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>An operation on a site that has not ended.</summary>
/// <param name="Entry">The operation, as the journal has it.</param>
/// <param name="RunBy">Who carries it out at this moment; null when it was cut off.</param>
internal sealed record OpenOperation(FailoverHistoryEntry Entry, LockHolder? RunBy);
