using HostingOps.Aws.Wire;

namespace Amazon.SecurityToken;

/// <summary>STS's endpoint per region, by its published endpoint rules.</summary>
internal static class SecurityTokenEndpoints
{
    public static string Host(EndpointChoice choice) =>
        $"{(choice is { UseFips: true } and not { Partition: "aws-us-gov" } ? "sts-fips" : "sts")}.{choice.Region}.{(choice.UseDualStack ? choice.DualStackDnsSuffix : choice.DnsSuffix)}";
}
