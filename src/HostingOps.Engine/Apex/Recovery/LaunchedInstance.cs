namespace HostingOps.Engine.Apex.Recovery;

/// <summary>What came of a launch, as the journal has it.</summary>
/// <param name="InstanceId">The instance.</param>
internal sealed record LaunchedInstance(string InstanceId);
