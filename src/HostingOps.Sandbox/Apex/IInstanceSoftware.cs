namespace HostingOps.Sandbox.Apex;

/// <summary>What runs on a sandbox's EC2 instances, as its user data says.</summary>
internal interface IInstanceSoftware
{
    /// <summary>Whether some of it is reached by ssh.</summary>
    bool HasSsh => false;

    /// <summary>Starts it when an instance has booted.</summary>
    /// <param name="boot">The instance.</param>
    /// <param name="cancellationToken">Cancelled when the instance ends before it serves.</param>
    /// <returns>What runs, or null when the user data starts nothing that serves.</returns>
    Task<IRunningSoftware?> StartAsync(InstanceBoot boot, CancellationToken cancellationToken);
}
