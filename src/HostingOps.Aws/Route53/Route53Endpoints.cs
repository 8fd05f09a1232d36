using HostingOps.Aws.Wire;

namespace Amazon.Route53;

/// <summary>Route 53's one endpoint per partition, by its published endpoint rules.</summary>
internal static class Route53Endpoints
{
    public static string Host(EndpointChoice choice) => choice switch
    {
        // GovCloud's plain endpoint is its FIPS endpoint too.
        { Partition: "aws-us-gov", UseDualStack: true } => "route53.us-gov.api.aws",
        { Partition: "aws-us-gov" } => "route53.us-gov.amazonaws.com",
        { Partition: "aws" or "aws-cn" or "aws-eusc", UseDualStack: true } => $"{Name(choice)}.global.{choice.DualStackDnsSuffix}",
        { UseDualStack: true } => $"{Name(choice)}.{choice.DualStackDnsSuffix}",
        _ => $"{Name(choice)}.{choice.DnsSuffix}",
    };

    private static string Name(EndpointChoice choice) => choice.UseFips ? "route53-fips" : "route53";
}
