using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace HostingOps.Aws.Wire;

/// <summary>Gives the endpoint rules what the configuration says, in place of the core's resolver of old.</summary>
internal sealed class ServiceEndpointHandler : BaseEndpointResolver
{
    public static EndpointParameters Parameters(IClientConfig config) => new()
    {
        [EndpointRule.RegionParameter] = config.RegionEndpoint?.SystemName,
        [EndpointRule.EndpointParameter] = config.ServiceURL,
        [EndpointRule.UseFipsParameter] = config.UseFIPSEndpoint,
        [EndpointRule.UseDualStackParameter] = config.UseDualstackEndpoint,
    };

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) => Parameters(requestContext.ClientConfig);
}
