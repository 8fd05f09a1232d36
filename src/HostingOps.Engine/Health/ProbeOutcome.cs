namespace HostingOps.Engine.Health;

/// <summary>What one method (HEAD or GET) came to, redirects included.</summary>
internal sealed record ProbeOutcome
{
    /// <summary>The status this outcome gives the site.</summary>
    public required SiteStatus Status { get; init; }

    /// <summary>Why, as one clause without a full stop.</summary>
    public required string Reason { get; init; }

    /// <summary>The phase that failed, or None.</summary>
    public ProbePhase FailedPhase { get; init; }

    /// <summary>Whether nothing at all came back from the host, whatever was tried.</summary>
    public bool IsSilence { get; init; }

    /// <summary>The method that was used.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>The URL asked for last.</summary>
    public required Uri Url { get; init; }

    /// <summary>The last answer's status, or null.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Redirects followed.</summary>
    public int Redirects { get; init; }

    /// <summary>The last connection, or null when none was begun.</summary>
    public ProbeConnection? Connection { get; init; }

    /// <summary>
    /// Whether another method could see something better. A connection that fails fails for every method, and 429 asks for
    /// fewer requests, not for more.
    /// </summary>
    public bool DependsOnMethod => Status != SiteStatus.Unknown && StatusCode != 429
        && ((FailedPhase >= ProbePhase.FirstByte) || (Redirects > 0 && FailedPhase != ProbePhase.None));
}
