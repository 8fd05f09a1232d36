using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using HostingOps.Aws.Wire;

namespace Amazon.Route53;

/// <summary>Configuration of <see cref="AmazonRoute53Client"/>. The service is global: any region of a partition leads to its one endpoint.</summary>
public sealed class AmazonRoute53Config : ClientConfig
{
    private static readonly EndpointRule Rule = new("route53", Route53Endpoints.Host, isGlobal: true, defaultRegion: "us-east-1");

    /// <summary>Creates the configuration with the defaults of the environment and the shared AWS files.</summary>
    public AmazonRoute53Config()
        : base(ClientDefaults.Provider)
    {
        ServiceId = "Route 53";
        AuthenticationServiceName = "route53";
        EndpointProvider = Rule;
    }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "route53";

    /// <inheritdoc/>
    public override string ServiceVersion => "2013-04-01";

    /// <inheritdoc/>
    public override string UserAgent => "HostingOps";

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(ServiceEndpointHandler.Parameters(this));
}
