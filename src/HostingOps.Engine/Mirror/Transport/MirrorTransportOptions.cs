using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Mirror.Transport;

/// <summary>How a generation is sent.</summary>
internal sealed record MirrorTransportOptions
{
    /// <summary>How ssh connects.</summary>
    public SshOptions Ssh { get; init; } = new();

    /// <summary>The program that speaks rsync, found on PATH.</summary>
    public string RsyncProgram { get; init; } = "rsync";

    /// <summary>How long the other host may say nothing. Default 2 min.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the server there may take to load it, whole seconds. Default 2 min.</summary>
    public TimeSpan Reload { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a lost connection is made anew. Default 3 times.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>The wait before that, which doubles. Default 2 s.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);
}
