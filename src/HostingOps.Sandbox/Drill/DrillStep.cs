namespace HostingOps.Sandbox.Drill;

/// <summary>The steps of a drill, by whose name a failed drill says where it failed.</summary>
internal enum DrillStep
{
    Baseline,
    Detect,
    Decide,
    Switch,
    Verify,
    Failback,
    Final,
}
