namespace HostingOps.Engine.Apex.Recovery;

/// <summary>How a redirector is recovered.</summary>
public sealed record ApexRecoveryOptions
{
    /// <summary>Whether a redirector that still answers is replaced.</summary>
    public bool Planned { get; init; }

    /// <summary>Whether the former redirector is terminated once everything is proven.</summary>
    public bool TerminateOld { get; init; }

    /// <summary>The availability zone to launch in, or null for the best one.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>The subnet to launch in, or null for those of the inventory.</summary>
    public string? SubnetId { get; init; }

    /// <summary>Whether the redirects are tested over http only.</summary>
    public bool SkipHttps { get; init; }

    /// <summary>How long EC2 may take until the instance runs. Default 5 min.</summary>
    public TimeSpan BootTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a running instance may take until it serves. Default 5 min.</summary>
    public TimeSpan ServeTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long the console of a running instance may take to show its ssh host keys, when the configuration is too large for user
    /// data. Default 10 min: AWS posts it some minutes after the boot.
    /// </summary>
    public TimeSpan ConsoleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The private key file with which ssh logs in to the new instance, or null for the ssh agent's and the user's configuration.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>How long the Elastic IP may take until it answers from its new instance. Default 60 s.</summary>
    public TimeSpan ProofTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one question to a redirector may take. Default 5 s.</summary>
    public TimeSpan QuestionTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Pause between two looks. Default 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Redirects tested at once. Default 32.</summary>
    public int ThrottleLimit { get; init; } = 32;

    /// <summary>By <c>address:port</c>: where connections go instead, as a sandbox has it.</summary>
    public IReadOnlyDictionary<string, string> ConnectTo { get; init; } = new Dictionary<string, string>();

    /// <summary>The program that speaks ssh, found on PATH.</summary>
    internal string SshProgram { get; init; } = "ssh";
}
