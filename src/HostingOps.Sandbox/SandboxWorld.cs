namespace HostingOps.Sandbox;

/// <summary>Starts rehearsal worlds.</summary>
public static class SandboxWorld
{
    /// <summary>
    /// Starts a sandbox on free loopback ports: its zone holds one record per site that points at the site's primary host,
    /// its name server serves the zone, and every site answers on both of its hosts. It runs until it is disposed of.
    /// </summary>
    /// <param name="inventory">The inventory to rehearse. It is not changed, and nothing in it is contacted.</param>
    /// <param name="options">How the sandbox behaves.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <returns>The sandbox, a <see cref="RehearsalSandbox"/>.</returns>
    /// <exception cref="HostingException">SandboxFailed: no port, no temporary folder, or an inventory that cannot be rehearsed.</exception>
    public static async Task<HostingSandbox> StartAsync(HostingInventory inventory, SandboxOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(options);
        return await RehearsalSandbox.StartAsync(inventory, options, cancellationToken).ConfigureAwait(false);
    }
}
