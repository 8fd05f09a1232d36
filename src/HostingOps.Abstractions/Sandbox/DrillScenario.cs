namespace HostingOps;

/// <summary>What a drill rehearses.</summary>
public enum DrillScenario : long
{
    /// <summary>A host dies, and its sites are failed over and back.</summary>
    Failover,

    /// <summary>The availability zone of the bare domains' redirector dies, and a new redirector takes its place.</summary>
    Apex,
}
