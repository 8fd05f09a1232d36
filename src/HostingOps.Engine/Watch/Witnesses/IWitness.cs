namespace HostingOps.Engine.Watch.Witnesses;

/// <summary>One voice beside this machine's own.</summary>
internal interface IWitness
{
    /// <summary>Its name in reasons.</summary>
    string Name { get; }

    /// <summary>Asks about all at once.</summary>
    /// <param name="targets">Sites on their hosts.</param>
    /// <param name="deadline">Is cancelled when time is up. What is known by then may be given; the rest is unknown.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>An opinion for each, in the order asked.</returns>
    Task<IReadOnlyList<WitnessOpinion>> AskAsync(
        IReadOnlyList<(HostedSite Site, SiteHost Host)> targets, CancellationToken deadline, CancellationToken cancellationToken);
}
