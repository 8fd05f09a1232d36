using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using HostingOps.Aws.Wire;

namespace Amazon.SecurityToken;

/// <summary>Configuration of <see cref="AmazonSecurityTokenServiceClient"/>. A region is needed, unless ServiceURL is set.</summary>
public sealed class AmazonSecurityTokenServiceConfig : ClientConfig
{
    private static readonly EndpointRule Rule = new("sts", SecurityTokenEndpoints.Host, isGlobal: false, defaultRegion: null);

    /// <summary>Creates the configuration with the defaults of the environment and the shared AWS files.</summary>
    public AmazonSecurityTokenServiceConfig()
        : base(ClientDefaults.Provider)
    {
        ServiceId = "STS";
        AuthenticationServiceName = "sts";
        EndpointProvider = Rule;
    }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "sts";

    /// <inheritdoc/>
    public override string ServiceVersion => "2011-06-15";

    /// <inheritdoc/>
    public override string UserAgent => "HostingOps";

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(ServiceEndpointHandler.Parameters(this));
}
