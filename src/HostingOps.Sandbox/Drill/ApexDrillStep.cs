namespace HostingOps.Sandbox.Drill;

/// <summary>The steps of a drill of the redirector, by whose name a failed drill says where it failed.</summary>
internal enum ApexDrillStep
{
    Baseline,
    Detect,
    Plan,
    Restore,
    Prove,
    Final,
}
