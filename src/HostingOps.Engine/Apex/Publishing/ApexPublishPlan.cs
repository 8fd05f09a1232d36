using System.Net;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Publishing;

/// <summary>A publish, made by reading only: what was seen on the redirector, and what would change there.</summary>
public sealed record ApexPublishPlan
{
    /// <summary>Where to.</summary>
    public required SshDestination Destination { get; init; }

    /// <summary>The file there.</summary>
    public required string Path { get; init; }

    /// <summary>The checksum of the new configuration.</summary>
    public required string Checksum { get; init; }

    /// <summary>The checksum that the file there states, or null when it states none or there is no file.</summary>
    public string? FormerChecksum { get; init; }

    /// <summary>Where the file there comes from, or null when there is none.</summary>
    public ConfigOrigin? Origin { get; init; }

    /// <summary>Whether an earlier publish was cut off and its former file is still to be put back.</summary>
    public bool Unfinished { get; init; }

    /// <summary>How many names are redirected anew.</summary>
    public int Added { get; init; }

    /// <summary>How many names are no longer redirected.</summary>
    public int Removed { get; init; }

    /// <summary>How many names lead elsewhere than before.</summary>
    public int Changed { get; init; }

    /// <summary>How many names the new configuration has.</summary>
    public int DomainCount { get; init; }

    /// <summary>Why the file may not be replaced, or null.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether the file there is the new configuration already.</summary>
    public bool ChangesNothing { get; init; }

    /// <summary>Whether the candidate can be tested before it is in its place: the inventory's test is nginx's.</summary>
    public bool TestsCandidate { get; init; }

    /// <summary>When the plan was made (UTC).</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    internal ApexPublishOptions Options { get; init; } = new();

    internal string Text { get; init; } = "";

    internal RemoteConfig Seen { get; init; } = new("", null, null, Busy: false);

    internal IReadOnlyList<ApexRedirect> Sample { get; init; } = [];

    internal ApexRedirect? Gone { get; init; }

    internal IPEndPoint? AskAt { get; init; }
}
