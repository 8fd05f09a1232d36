namespace HostingOps.Engine.Watch.Checking;

/// <summary>Makes the checks of targets.</summary>
internal interface ITargetChecker : IDisposable
{
    /// <summary>The way in which one target is checked from now on; disposed when the target is watched no more.</summary>
    ITargetCheck For(WatchTarget target);
}
