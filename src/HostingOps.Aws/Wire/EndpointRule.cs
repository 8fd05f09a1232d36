using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace HostingOps.Aws.Wire;

/// <summary>
/// Chooses an endpoint and the region that requests to it are signed for, from the core's table of partitions.
/// An endpoint given by the user wins, and is signed for the same region as AWS's own.
/// </summary>
/// <param name="signingName">The service's name in the signature.</param>
/// <param name="host">The host name for a partition.</param>
/// <param name="isGlobal">The service lives in the partition's implicit region, whichever region is configured.</param>
/// <param name="defaultRegion">The region when none is configured; null when one is needed.</param>
internal sealed class EndpointRule(string signingName, Func<EndpointChoice, string> host, bool isGlobal, string? defaultRegion) : IEndpointProvider
{
    public const string RegionParameter = "Region";
    public const string EndpointParameter = "Endpoint";
    public const string UseFipsParameter = "UseFIPS";
    public const string UseDualStackParameter = "UseDualStack";

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var given = parameters[EndpointParameter] as string;
        var region = parameters[RegionParameter] as string ?? defaultRegion ?? (string.IsNullOrEmpty(given) ? null : "us-east-1");
        if (region is null)
        {
            throw new AmazonClientException("No RegionEndpoint or ServiceURL configured");
        }

        var partition = Fn.Partition(region);
        var choice = new EndpointChoice(
            (string)partition["name"],
            region,
            (string)partition["dnsSuffix"],
            (string)partition["dualStackDnsSuffix"],
            parameters[UseFipsParameter] is true,
            parameters[UseDualStackParameter] is true);
        var signingRegion = isGlobal ? (string)partition["implicitGlobalRegion"] : region;
        var url = string.IsNullOrEmpty(given) ? $"https://{host(choice)}" : given.TrimEnd('/');
        return new Endpoint(
            url,
            $$"""{"authSchemes":[{"name":"sigv4","signingName":"{{signingName}}","signingRegion":"{{signingRegion}}"}]}""",
            null);
    }
}
