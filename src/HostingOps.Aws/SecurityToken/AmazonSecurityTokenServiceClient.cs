using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SecurityToken.Model;
using Amazon.SecurityToken.Wire;
using HostingOps.Aws.Wire;

namespace Amazon.SecurityToken;

/// <summary>
/// The two operations of STS that give a role's session, on AWSSDK.Core, with the names and types of the official v4 client.
/// The official package is not used: another module's SDK core looks for it by name in the whole process, and would take ours.
/// </summary>
public sealed class AmazonSecurityTokenServiceClient(AWSCredentials credentials, AmazonSecurityTokenServiceConfig clientConfig)
    : AmazonServiceClient(credentials, clientConfig), IAmazonService
{
    /// <summary>A session of a role, for a caller with credentials of its own.</summary>
    public Task<AssumeRoleResponse> AssumeRoleAsync(AssumeRoleRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<AssumeRoleResponse>(request, SecurityTokenOperations.AssumeRole.Options, cancellationToken);

    /// <summary>A session of a role, for a token of an identity provider. Not signed.</summary>
    public Task<AssumeRoleWithWebIdentityResponse> AssumeRoleWithWebIdentityAsync(
        AssumeRoleWithWebIdentityRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<AssumeRoleWithWebIdentityResponse>(request, SecurityTokenOperations.AssumeRoleWithWebIdentity.Options, cancellationToken);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSecurityTokenServiceConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonSecurityTokenServiceClient(awsCredentials, (AmazonSecurityTokenServiceConfig)clientConfig);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointHandler());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4AuthHandler());
    }
}
