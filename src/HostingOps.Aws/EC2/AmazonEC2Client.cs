using Amazon.EC2.Model;
using Amazon.EC2.Wire;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using HostingOps.Aws.Wire;

namespace Amazon.EC2;

/// <summary>EC2 on AWSSDK.Core, with the constructors, names and types of the official v4 client. Safe for use from several threads.</summary>
public class AmazonEC2Client : AmazonServiceClient, IAmazonEC2
{
    /// <summary>Credentials and region from the SDK's own chain.</summary>
    public AmazonEC2Client()
        : this(new AmazonEC2Config())
    {
    }

    /// <summary>Credentials from the SDK's own chain.</summary>
    public AmazonEC2Client(RegionEndpoint region)
        : this(new AmazonEC2Config { RegionEndpoint = region })
    {
    }

    /// <summary>Credentials from the SDK's own chain.</summary>
    public AmazonEC2Client(AmazonEC2Config config)
        : base(config)
    {
    }

    /// <summary>Region from the SDK's own chain.</summary>
    public AmazonEC2Client(AWSCredentials credentials)
        : this(credentials, new AmazonEC2Config())
    {
    }

    /// <summary>Both given.</summary>
    public AmazonEC2Client(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonEC2Config { RegionEndpoint = region })
    {
    }

    /// <summary>Both given.</summary>
    public AmazonEC2Client(AWSCredentials credentials, AmazonEC2Config clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <summary>A key pair; region from the SDK's own chain.</summary>
    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonEC2Config())
    {
    }

    /// <summary>A key pair and a region.</summary>
    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonEC2Config { RegionEndpoint = region })
    {
    }

    /// <summary>A key pair and a configuration.</summary>
    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, AmazonEC2Config clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    /// <summary>A session's keys and token; region from the SDK's own chain.</summary>
    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonEC2Config())
    {
    }

    /// <summary>A session's keys and token, and a region.</summary>
    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonEC2Config { RegionEndpoint = region })
    {
    }

    /// <summary>A session's keys and token, and a configuration.</summary>
    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonEC2Config clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }

    /// <inheritdoc/>
    public virtual Task<DescribeAddressesResponse> DescribeAddressesAsync(CancellationToken cancellationToken = default) =>
        DescribeAddressesAsync(new DescribeAddressesRequest(), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeAddressesResponse> DescribeAddressesAsync(DescribeAddressesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeAddressesResponse>(request, EC2Operations.DescribeAddresses.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<AssociateAddressResponse> AssociateAddressAsync(AssociateAddressRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<AssociateAddressResponse>(request, EC2Operations.AssociateAddress.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DisassociateAddressResponse> DisassociateAddressAsync(DisassociateAddressRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DisassociateAddressResponse>(request, EC2Operations.DisassociateAddress.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeInstancesResponse> DescribeInstancesAsync(CancellationToken cancellationToken = default) =>
        DescribeInstancesAsync(new DescribeInstancesRequest(), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeInstancesResponse>(request, EC2Operations.DescribeInstances.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeInstanceStatusResponse> DescribeInstanceStatusAsync(CancellationToken cancellationToken = default) =>
        DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest(), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeInstanceStatusResponse> DescribeInstanceStatusAsync(DescribeInstanceStatusRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeInstanceStatusResponse>(request, EC2Operations.DescribeInstanceStatus.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<RunInstancesResponse> RunInstancesAsync(RunInstancesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<RunInstancesResponse>(request, EC2Operations.RunInstances.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<TerminateInstancesResponse> TerminateInstancesAsync(TerminateInstancesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<TerminateInstancesResponse>(request, EC2Operations.TerminateInstances.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<CreateTagsResponse> CreateTagsAsync(CreateTagsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateTagsResponse>(request, EC2Operations.CreateTags.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeImagesResponse> DescribeImagesAsync(CancellationToken cancellationToken = default) =>
        DescribeImagesAsync(new DescribeImagesRequest(), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeImagesResponse> DescribeImagesAsync(DescribeImagesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeImagesResponse>(request, EC2Operations.DescribeImages.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeAvailabilityZonesResponse> DescribeAvailabilityZonesAsync(CancellationToken cancellationToken = default) =>
        DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest(), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeAvailabilityZonesResponse> DescribeAvailabilityZonesAsync(DescribeAvailabilityZonesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeAvailabilityZonesResponse>(request, EC2Operations.DescribeAvailabilityZones.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DescribeSubnetsResponse> DescribeSubnetsAsync(DescribeSubnetsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeSubnetsResponse>(request, EC2Operations.DescribeSubnets.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetConsoleOutputResponse> GetConsoleOutputAsync(GetConsoleOutputRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetConsoleOutputResponse>(request, EC2Operations.GetConsoleOutput.Options, cancellationToken);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonEC2Config();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonEC2Client(awsCredentials, (AmazonEC2Config)clientConfig);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointHandler());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4AuthHandler());

        // EC2 throttles with a code of its own, which the core does not list.
        foreach (var handler in pipeline.Handlers.OfType<RetryHandler>())
        {
            handler.RetryPolicy.ThrottlingErrorCodes.Add("EC2ThrottledException");
        }
    }
}
