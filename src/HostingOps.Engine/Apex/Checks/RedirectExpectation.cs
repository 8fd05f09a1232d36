namespace HostingOps.Engine.Apex.Checks;

/// <summary>What the inventory wants of one name.</summary>
/// <param name="Redirect">The name and its target.</param>
/// <param name="Site">The site that it belongs to.</param>
/// <param name="Siblings">All names that lead to the same target: a hop over one of them stays with the redirector.</param>
/// <param name="Status">The status configured.</param>
/// <param name="ElasticIp">The address of the A record.</param>
/// <param name="ElasticIpV6">The address of the AAAA record, or null when there is to be none.</param>
internal sealed record RedirectExpectation(
    ApexRedirect Redirect, HostedSite Site, IReadOnlySet<string> Siblings, int Status, string ElasticIp, string? ElasticIpV6)
{
    /// <summary>Requests made for one target at most; browsers bear 20, but a redirector that needs more than 2 is broken.</summary>
    public const int MostHops = 5;

    /// <summary>The instance that must answer, or null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Whether an answer that names no instance is wrong too.</summary>
    public bool MustNameInstance { get; init; }
}
