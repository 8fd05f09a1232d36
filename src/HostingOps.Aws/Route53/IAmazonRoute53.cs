using Amazon.Route53.Model;
using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>The operations of Route 53 that HostingOps uses, with the signatures of the official client.</summary>
public interface IAmazonRoute53 : IAmazonService, IDisposable
{
    /// <summary>Lists the account's hosted zones, 100 a page.</summary>
    Task<ListHostedZonesResponse> ListHostedZonesAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the account's hosted zones, 100 a page.</summary>
    Task<ListHostedZonesResponse> ListHostedZonesAsync(ListHostedZonesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists hosted zones sorted by reversed labels, starting at a name.</summary>
    Task<ListHostedZonesByNameResponse> ListHostedZonesByNameAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists hosted zones sorted by reversed labels, starting at a name.</summary>
    Task<ListHostedZonesByNameResponse> ListHostedZonesByNameAsync(ListHostedZonesByNameRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one zone with its name servers.</summary>
    Task<GetHostedZoneResponse> GetHostedZoneAsync(GetHostedZoneRequest request, CancellationToken cancellationToken = default);

    /// <summary>Creates a zone.</summary>
    Task<CreateHostedZoneResponse> CreateHostedZoneAsync(CreateHostedZoneRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes an empty zone.</summary>
    Task<DeleteHostedZoneResponse> DeleteHostedZoneAsync(DeleteHostedZoneRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists a zone's record sets, 300 a page, PENDING changes included.</summary>
    Task<ListResourceRecordSetsResponse> ListResourceRecordSetsAsync(ListResourceRecordSetsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Makes a batch of changes, all or none.</summary>
    Task<ChangeResourceRecordSetsResponse> ChangeResourceRecordSetsAsync(ChangeResourceRecordSetsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Says how far a change has got.</summary>
    Task<GetChangeResponse> GetChangeAsync(GetChangeRequest request, CancellationToken cancellationToken = default);

    /// <summary>What each checker saw last.</summary>
    Task<GetHealthCheckStatusResponse> GetHealthCheckStatusAsync(GetHealthCheckStatusRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one health check.</summary>
    Task<GetHealthCheckResponse> GetHealthCheckAsync(GetHealthCheckRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the account's health checks.</summary>
    Task<ListHealthChecksResponse> ListHealthChecksAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the account's health checks.</summary>
    Task<ListHealthChecksResponse> ListHealthChecksAsync(ListHealthChecksRequest request, CancellationToken cancellationToken = default);

    /// <summary>Creates a health check.</summary>
    Task<CreateHealthCheckResponse> CreateHealthCheckAsync(CreateHealthCheckRequest request, CancellationToken cancellationToken = default);
}
