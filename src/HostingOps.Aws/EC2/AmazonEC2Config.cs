using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using HostingOps.Aws.Wire;

namespace Amazon.EC2;

/// <summary>Configuration of <see cref="AmazonEC2Client"/>. A region is needed, unless ServiceURL is set.</summary>
public sealed class AmazonEC2Config : ClientConfig
{
    private static readonly EndpointRule Rule = new("ec2", EC2Endpoints.Host, isGlobal: false, defaultRegion: null);

    /// <summary>Creates the configuration with the defaults of the environment and the shared AWS files.</summary>
    public AmazonEC2Config()
        : base(ClientDefaults.Provider)
    {
        ServiceId = "EC2";
        AuthenticationServiceName = "ec2";
        EndpointProvider = Rule;
    }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "ec2";

    /// <inheritdoc/>
    public override string ServiceVersion => "2016-11-15";

    /// <inheritdoc/>
    public override string UserAgent => "HostingOps";

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(ServiceEndpointHandler.Parameters(this));
}
