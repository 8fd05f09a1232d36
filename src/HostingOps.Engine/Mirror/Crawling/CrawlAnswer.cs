using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>What became of one question.</summary>
/// <param name="Entry">What is in the run now, or null when nothing is.</param>
/// <param name="Links">Where it leads.</param>
internal sealed record CrawlAnswer(MirrorEntry? Entry, IReadOnlyList<FoundLink> Links)
{
    /// <summary>Whether the current generation's file was taken over.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>The status that is to be asked for again, or 0 without an answer.</summary>
    public int Status { get; init; }

    /// <summary>What failed, for the host's health, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether it is to be asked again.</summary>
    public bool Again { get; init; }

    /// <summary>How long the server asks to be left alone, or null.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>A robots.txt's text, where one was asked for.</summary>
    public byte[]? Body { get; init; }
}
