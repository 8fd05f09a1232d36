using Amazon.Route53.Model;

namespace HostingOps.Engine.Watch.Witnesses.Route53;

/// <summary>Reads health checks.</summary>
internal interface IHealthCheckSource
{
    /// <summary>A health check's configuration.</summary>
    /// <exception cref="HostingException">AWS refused, or could not be reached.</exception>
    Task<HealthCheckConfig> ConfigurationAsync(string id, CancellationToken cancellationToken);

    /// <summary>What the checkers saw last.</summary>
    /// <exception cref="HostingException">AWS refused, or could not be reached.</exception>
    Task<IReadOnlyList<CheckerObservation>> ObservationsAsync(string id, CancellationToken cancellationToken);
}
