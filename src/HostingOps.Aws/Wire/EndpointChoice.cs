namespace HostingOps.Aws.Wire;

/// <summary>What a host name depends on.</summary>
/// <param name="Partition">For example <c>aws</c> or <c>aws-cn</c>.</param>
/// <param name="Region">For example <c>eu-west-1</c>.</param>
/// <param name="DnsSuffix">For example <c>amazonaws.com</c>.</param>
/// <param name="DualStackDnsSuffix">For example <c>api.aws</c>.</param>
/// <param name="UseFips">Ask for the FIPS 140 endpoint.</param>
/// <param name="UseDualStack">Ask for the endpoint that also has IPv6.</param>
internal readonly record struct EndpointChoice(
    string Partition, string Region, string DnsSuffix, string DualStackDnsSuffix, bool UseFips, bool UseDualStack);
