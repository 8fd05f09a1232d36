namespace HostingOps.Sandbox.Drill;

/// <summary>The drill's present step did not end as it should.</summary>
internal sealed class DrillFailedException(string message) : Exception(message);
