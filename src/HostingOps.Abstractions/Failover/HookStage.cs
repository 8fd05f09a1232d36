namespace HostingOps;

/// <summary>When a hook runs.</summary>
public enum HookStage : long
{
    /// <summary>Before the switch, on the side that is left.</summary>
    Fence,

    /// <summary>Before the switch, on the side that takes over.</summary>
    Promote,

    /// <summary>After the verified switch.</summary>
    After,
}
