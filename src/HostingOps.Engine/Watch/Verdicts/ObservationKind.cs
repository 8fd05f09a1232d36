namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>What one check is evidence of.</summary>
internal enum ObservationKind
{
    /// <summary>The check could not be made, or its observer is in doubt: evidence of nothing.</summary>
    Unclear,

    /// <summary>The site serves, degraded or not.</summary>
    Answers,

    /// <summary>
    /// The host does not answer at all: no TCP connection, no refusal either. A dead host or line; software that is being
    /// restarted does not look like this, so little time is needed to believe it.
    /// </summary>
    Silent,

    /// <summary>
    /// The host lives and the site does not serve: refused, TLS fails, 5xx, wrong content, connected and no answer in time.
    /// Deployments and restarts look like this for some seconds, so it has to last.
    /// </summary>
    Faulty,
}
