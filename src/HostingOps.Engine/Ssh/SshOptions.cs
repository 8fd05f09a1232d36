namespace HostingOps.Engine.Ssh;

/// <summary>How ssh connects.</summary>
internal sealed record SshOptions
{
    /// <summary>The program that speaks ssh, found on PATH.</summary>
    public string Program { get; init; } = "ssh";

    /// <summary>A known_hosts file that counts instead of the user's and the system's, or null. It is never written to.</summary>
    public string? KnownHostsFile { get; init; }

    /// <summary>The private key file that ssh logs in with, and no other; null for the agent's and the user's configuration.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>How long a connection may take. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
