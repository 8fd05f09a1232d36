namespace HostingOps.Engine.Watch.Automatic;

/// <summary>Why a site that is Down was not moved.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="HostName">The host that is Down.</param>
/// <param name="Gates">The gates that refuse, by name; empty when something else failed.</param>
/// <param name="What">The same for the same refusal, whatever figures its reasons hold: people are told of it once.</param>
/// <param name="Reasons">One sentence each.</param>
internal sealed record MoveRefusal(string SiteName, string HostName, IReadOnlyList<GateName> Gates, string What, IReadOnlyList<string> Reasons)
{
    /// <summary>Whether nothing stands against the move but that the site answered a probe of the plan.</summary>
    public bool Answered => Gates is [GateName.ActiveDown];

    /// <summary>The gates of a plan that refuse.</summary>
    public static MoveRefusal Of(SiteFailoverPlan plan, string hostName)
    {
        var refusing = plan.Gates.Where(static gate => !gate.Allows).ToArray();
        return refusing.Length == 0
            ? new MoveRefusal(plan.SiteName, hostName, [], "nowhere", ["It is not known where to."])
            : new MoveRefusal(
                plan.SiteName,
                hostName,
                [.. refusing.Select(static gate => gate.Name)],
                string.Join(", ", refusing.Select(static gate => gate.Name)),
                [.. refusing.Select(static gate => $"{gate.Name}: {gate.Reason}")]);
    }

    /// <summary>A standby that the watcher itself does not believe, although a probe of it was answered.</summary>
    public static MoveRefusal Unproven(string siteName, string hostName, string objection) =>
        new(siteName, hostName, [], nameof(GateName.StandbyHealthy), [$"{GateName.StandbyHealthy}: {objection}"]);

    /// <summary>What an operation said of a site that it did not move.</summary>
    public static MoveRefusal Of(FailoverResult result, string hostName) =>
        new(result.SiteName, hostName, [], $"{result.Outcome} {result.ErrorId}", [result.Reason]);

    /// <summary>An error that kept the site from being looked at, or from being moved.</summary>
    public static MoveRefusal Of(string siteName, string hostName, Exception error) => error is HostingException known
        ? new MoveRefusal(siteName, hostName, [], known.ErrorId, [$"{known.Message} {known.RecommendedAction}".TrimEnd()])
        : new MoveRefusal(siteName, hostName, [], error.GetType().Name, [$"{error.GetType().Name}: {error.Message}"]);
}
