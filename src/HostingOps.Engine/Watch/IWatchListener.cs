namespace HostingOps.Engine.Watch;

/// <summary>Follows a watcher: incidents, automatic failover, metrics.</summary>
internal interface IWatchListener
{
    /// <summary>What it is called where people read of it, at the beginning of a sentence.</summary>
    string Title => GetType().Name;

    /// <summary>Is told of each check that ended. Must not block, wait or throw; it comes from many threads.</summary>
    void Checked(TargetCheck check);

    /// <summary>Is told of each verdict that changed. Must not block, wait or throw; it comes from many threads.</summary>
    void Changed(VerdictChange change);

    /// <summary>Does its work beside the checks until it is cancelled, which is its normal end.</summary>
    Task RunAsync(IWatchView view, CancellationToken cancellationToken);

    /// <summary>Does what is due now and returns: for a single run, and for the end of a long one.</summary>
    Task SettleAsync(IWatchView view, CancellationToken cancellationToken);
}
