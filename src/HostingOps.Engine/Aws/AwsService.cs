namespace HostingOps.Engine.Aws;

/// <summary>A service that HostingOps calls.</summary>
/// <param name="Prefix">Its name in IAM actions.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="EndpointVariable">The environment variable that overrides its endpoint.</param>
internal sealed record AwsService(string Prefix, string Title, string EndpointVariable)
{
    public static AwsService Route53 { get; } = new("route53", "Route 53", "AWS_ENDPOINT_URL_ROUTE_53");

    public static AwsService EC2 { get; } = new("ec2", "EC2", "AWS_ENDPOINT_URL_EC2");
}
