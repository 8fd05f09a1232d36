using HostingOps.Engine.Apex.Instances;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>One launch as it is written into the journal before the call, whole: a repetition must be the same, byte by byte.</summary>
/// <param name="Number">Which place of the plan, from 0.</param>
/// <param name="Launch">What EC2 is asked for, with its client token.</param>
internal sealed record RecoveryAttempt(int Number, InstanceLaunch Launch);
