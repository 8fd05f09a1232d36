using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Checking;

/// <summary>Checks one target, again and again.</summary>
internal interface ITargetCheck : IDisposable
{
    /// <summary>Checks once.</summary>
    /// <param name="routine">Whether a cheap check will do while it gets a good answer; what confirms something never is.</param>
    /// <param name="trace">Is told how far the host has shown itself.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<SiteHealth> RunAsync(bool routine, ProbeTrace trace, CancellationToken cancellationToken);
}
