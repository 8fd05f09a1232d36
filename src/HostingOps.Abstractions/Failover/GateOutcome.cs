namespace HostingOps;

/// <summary>A gate's answer.</summary>
public enum GateOutcome : long
{
    /// <summary>Lets the switch through.</summary>
    Passed,

    /// <summary>Refuses the switch.</summary>
    Refused,

    /// <summary>Could not be answered, which refuses too: unknown never acts.</summary>
    Unknown,

    /// <summary>Refused, or could not be answered, and was overridden by name with a reason.</summary>
    Overridden,
}
