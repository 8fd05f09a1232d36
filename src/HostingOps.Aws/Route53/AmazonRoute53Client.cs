using Amazon.Route53.Model;
using Amazon.Route53.Wire;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using HostingOps.Aws.Wire;

namespace Amazon.Route53;

/// <summary>Route 53 on AWSSDK.Core, with the constructors, names and types of the official v4 client. Safe for use from several threads.</summary>
public class AmazonRoute53Client : AmazonServiceClient, IAmazonRoute53
{
    /// <summary>Credentials and region from the SDK's own chain.</summary>
    public AmazonRoute53Client()
        : this(new AmazonRoute53Config())
    {
    }

    /// <summary>Credentials from the SDK's own chain.</summary>
    public AmazonRoute53Client(RegionEndpoint region)
        : this(new AmazonRoute53Config { RegionEndpoint = region })
    {
    }

    /// <summary>Credentials from the SDK's own chain.</summary>
    public AmazonRoute53Client(AmazonRoute53Config config)
        : base(config)
    {
    }

    /// <summary>Region from the SDK's own chain.</summary>
    public AmazonRoute53Client(AWSCredentials credentials)
        : this(credentials, new AmazonRoute53Config())
    {
    }

    /// <summary>Both given.</summary>
    public AmazonRoute53Client(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonRoute53Config { RegionEndpoint = region })
    {
    }

    /// <summary>Both given.</summary>
    public AmazonRoute53Client(AWSCredentials credentials, AmazonRoute53Config clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <summary>A key pair; region from the SDK's own chain.</summary>
    public AmazonRoute53Client(string awsAccessKeyId, string awsSecretAccessKey)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonRoute53Config())
    {
    }

    /// <summary>A key pair and a region.</summary>
    public AmazonRoute53Client(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonRoute53Config { RegionEndpoint = region })
    {
    }

    /// <summary>A key pair and a configuration.</summary>
    public AmazonRoute53Client(string awsAccessKeyId, string awsSecretAccessKey, AmazonRoute53Config clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    /// <summary>A session's keys and token; region from the SDK's own chain.</summary>
    public AmazonRoute53Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonRoute53Config())
    {
    }

    /// <summary>A session's keys and token, and a region.</summary>
    public AmazonRoute53Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonRoute53Config { RegionEndpoint = region })
    {
    }

    /// <summary>A session's keys and token, and a configuration.</summary>
    public AmazonRoute53Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonRoute53Config clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }

    /// <inheritdoc/>
    public virtual Task<ListHostedZonesResponse> ListHostedZonesAsync(CancellationToken cancellationToken = default) =>
        ListHostedZonesAsync(new ListHostedZonesRequest(), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ListHostedZonesResponse> ListHostedZonesAsync(ListHostedZonesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListHostedZonesResponse>(request, Route53Operations.ListHostedZones.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ListHostedZonesByNameResponse> ListHostedZonesByNameAsync(CancellationToken cancellationToken = default) =>
        ListHostedZonesByNameAsync(new ListHostedZonesByNameRequest(), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ListHostedZonesByNameResponse> ListHostedZonesByNameAsync(ListHostedZonesByNameRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListHostedZonesByNameResponse>(request, Route53Operations.ListHostedZonesByName.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetHostedZoneResponse> GetHostedZoneAsync(GetHostedZoneRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetHostedZoneResponse>(request, Route53Operations.GetHostedZone.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<CreateHostedZoneResponse> CreateHostedZoneAsync(CreateHostedZoneRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateHostedZoneResponse>(request, Route53Operations.CreateHostedZone.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DeleteHostedZoneResponse> DeleteHostedZoneAsync(DeleteHostedZoneRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DeleteHostedZoneResponse>(request, Route53Operations.DeleteHostedZone.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ListResourceRecordSetsResponse> ListResourceRecordSetsAsync(ListResourceRecordSetsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListResourceRecordSetsResponse>(request, Route53Operations.ListResourceRecordSets.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ChangeResourceRecordSetsResponse> ChangeResourceRecordSetsAsync(ChangeResourceRecordSetsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ChangeResourceRecordSetsResponse>(request, Route53Operations.ChangeResourceRecordSets.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetChangeResponse> GetChangeAsync(GetChangeRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetChangeResponse>(request, Route53Operations.GetChange.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetHealthCheckStatusResponse> GetHealthCheckStatusAsync(GetHealthCheckStatusRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetHealthCheckStatusResponse>(request, Route53Operations.GetHealthCheckStatus.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetHealthCheckResponse> GetHealthCheckAsync(GetHealthCheckRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetHealthCheckResponse>(request, Route53Operations.GetHealthCheck.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ListHealthChecksResponse> ListHealthChecksAsync(CancellationToken cancellationToken = default) =>
        ListHealthChecksAsync(new ListHealthChecksRequest(), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ListHealthChecksResponse> ListHealthChecksAsync(ListHealthChecksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListHealthChecksResponse>(request, Route53Operations.ListHealthChecks.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<CreateHealthCheckResponse> CreateHealthCheckAsync(CreateHealthCheckRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateHealthCheckResponse>(request, Route53Operations.CreateHealthCheck.Options, cancellationToken);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonRoute53Config();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonRoute53Client(awsCredentials, (AmazonRoute53Config)clientConfig);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointHandler());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4AuthHandler());
    }
}
