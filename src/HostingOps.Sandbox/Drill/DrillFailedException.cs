namespace HostingOps.Sandbox.Drill;

/// <summary>A step of a drill that did not end as it should.</summary>
internal sealed class DrillFailedException(DrillStep step, string message) : Exception(message)
{
    public DrillStep Step => step;
}
