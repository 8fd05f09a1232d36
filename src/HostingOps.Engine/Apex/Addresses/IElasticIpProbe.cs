namespace HostingOps.Engine.Apex.Addresses;

/// <summary>Asks a redirector by its public address.</summary>
public interface IElasticIpProbe
{
    /// <summary>Asks once, on a new connection. Failures are answers; only cancellation throws.</summary>
    /// <param name="publicIp">The address.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    Task<ElasticIpAnswer> AskAsync(string publicIp, CancellationToken cancellationToken);
}
