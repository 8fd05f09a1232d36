using HostingOps.Aws.Wire;

namespace Amazon.EC2;

/// <summary>EC2's endpoint per region, by its published endpoint rules.</summary>
internal static class EC2Endpoints
{
    public static string Host(EndpointChoice choice) =>
        $"{(choice is { UseFips: true } and not { Partition: "aws-us-gov" } ? "ec2-fips" : "ec2")}.{choice.Region}.{(choice.UseDualStack ? choice.DualStackDnsSuffix : choice.DnsSuffix)}";
}
