namespace HostingOps.Engine.Watch.Witnesses;

/// <summary>Asks all witnesses of the inventory about sites on their hosts.</summary>
internal interface IWitnessPanel
{
    /// <summary>Whether the inventory names any witness.</summary>
    bool IsConfigured { get; }

    /// <summary>Asks all at once, each within its time. One that fails is Unknown; nothing is thrown but a cancellation.</summary>
    /// <returns>The opinions for each, in the order asked.</returns>
    Task<IReadOnlyList<IReadOnlyList<WitnessOpinion>>> AskAsync(
        IReadOnlyList<(HostedSite Site, SiteHost Host)> targets, CancellationToken cancellationToken);
}
