namespace HostingOps.Sandbox.Ec2;

/// <summary>The state of an instance, with EC2's codes.</summary>
internal enum InstanceState
{
    /// <summary>Starting.</summary>
    Pending = 0,

    /// <summary>Started; what runs on it may not serve yet.</summary>
    Running = 16,

    /// <summary>Being terminated.</summary>
    ShuttingDown = 32,

    /// <summary>Gone; still listed for a while.</summary>
    Terminated = 48,
}
