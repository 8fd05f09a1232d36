namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Asks a redirector, by its address, for redirects.</summary>
internal interface IApexRedirectCheck
{
    /// <summary>Whether it asks over https too.</summary>
    bool AsksHttps { get; }

    /// <summary>Asks for each; the answers come as they are made, in no order.</summary>
    /// <param name="redirects">What is asked for.</param>
    /// <param name="address">The address asked.</param>
    /// <param name="instanceId">The instance that must answer, when the answer names one.</param>
    /// <param name="https">Whether https is asked too.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    IAsyncEnumerable<ApexRedirectAnswer> CheckAsync(
        IReadOnlyList<ApexRedirect> redirects, string address, string instanceId, bool https, CancellationToken cancellationToken);
}
