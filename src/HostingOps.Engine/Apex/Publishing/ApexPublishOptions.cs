using HostingOps.Engine.Ssh;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Publishing;

/// <summary>How a configuration is published.</summary>
public sealed record ApexPublishOptions
{
    /// <summary>Where to, or null for the inventory's <c>apex.ssh</c>.</summary>
    public SshDestination? Destination { get; init; }

    /// <summary>The file there, or null for the inventory's <c>apex.configPath</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Whether a file that was edited by hand, or that something else wrote, may be replaced.</summary>
    public bool OverwriteEdited { get; init; }

    /// <summary>
    /// A known_hosts file that counts instead of the user's and the system's, for a host whose keys are known from elsewhere:
    /// each line <c>address type key</c>, the address as <c>[address]:port</c> when the port is not 22. It is never written to.
    /// </summary>
    public string? KnownHostsFile { get; init; }

    /// <summary>The private key file that ssh logs in with, and no other; null for the agent's and the user's configuration.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>Whether the redirector is asked after the reload. Default true.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>The address to ask, with or without a port; null for the address that ssh goes to.</summary>
    public string? VerifyAddress { get; init; }

    /// <summary>How long the redirector may take until it answers as the new configuration says. Default 20 s.</summary>
    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a connection may take. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one step on the redirector may take. Default 2 min.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the outcome is looked for after a connection was lost. Default 1 min.</summary>
    public TimeSpan ReadBackTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where the redirector listens, or null for ports 80 and 443: for rehearsals.</summary>
    public ServerListeners? Listeners { get; init; }

    /// <summary>The program that speaks ssh, found on PATH.</summary>
    internal string SshProgram { get; init; } = "ssh";

    internal SshOptions Ssh => new() { Program = SshProgram, KnownHostsFile = KnownHostsFile, IdentityFile = IdentityFile, ConnectTimeout = ConnectTimeout };
}
