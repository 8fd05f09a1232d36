using Amazon.EC2.Model;
using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>The operations of EC2 that HostingOps uses, with the signatures of the official client.</summary>
public interface IAmazonEC2 : IAmazonService, IDisposable
{
    /// <summary>Lists Elastic IP addresses.</summary>
    Task<DescribeAddressesResponse> DescribeAddressesAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists Elastic IP addresses.</summary>
    Task<DescribeAddressesResponse> DescribeAddressesAsync(DescribeAddressesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Associates an Elastic IP address; there is no compare-and-swap, so read before and after.</summary>
    Task<AssociateAddressResponse> AssociateAddressAsync(AssociateAddressRequest request, CancellationToken cancellationToken = default);

    /// <summary>Takes an Elastic IP address away from what it is associated with.</summary>
    Task<DisassociateAddressResponse> DisassociateAddressAsync(DisassociateAddressRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists instances.</summary>
    Task<DescribeInstancesResponse> DescribeInstancesAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists instances.</summary>
    Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the status checks of instances.</summary>
    Task<DescribeInstanceStatusResponse> DescribeInstanceStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the status checks of instances.</summary>
    Task<DescribeInstanceStatusResponse> DescribeInstanceStatusAsync(DescribeInstanceStatusRequest request, CancellationToken cancellationToken = default);

    /// <summary>Launches instances; idempotent with a ClientToken.</summary>
    Task<RunInstancesResponse> RunInstancesAsync(RunInstancesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Terminates instances for good.</summary>
    Task<TerminateInstancesResponse> TerminateInstancesAsync(TerminateInstancesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Puts tags on resources.</summary>
    Task<CreateTagsResponse> CreateTagsAsync(CreateTagsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists machine images.</summary>
    Task<DescribeImagesResponse> DescribeImagesAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists machine images.</summary>
    Task<DescribeImagesResponse> DescribeImagesAsync(DescribeImagesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the region's availability zones.</summary>
    Task<DescribeAvailabilityZonesResponse> DescribeAvailabilityZonesAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the region's availability zones.</summary>
    Task<DescribeAvailabilityZonesResponse> DescribeAvailabilityZonesAsync(DescribeAvailabilityZonesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists subnets.</summary>
    Task<DescribeSubnetsResponse> DescribeSubnetsAsync(DescribeSubnetsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads what an instance has written to its console.</summary>
    Task<GetConsoleOutputResponse> GetConsoleOutputAsync(GetConsoleOutputRequest request, CancellationToken cancellationToken = default);
}
