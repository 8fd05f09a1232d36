namespace HostingOps.Sandbox.Route53;

/// <summary>What an alias record set points to.</summary>
/// <param name="HostedZoneId">The zone of the target, without <c>/hostedzone/</c>.</param>
/// <param name="DnsName">The target's name.</param>
/// <param name="EvaluateTargetHealth">Whether the target's health counts.</param>
internal sealed record AliasTarget(string HostedZoneId, RecordName DnsName, bool EvaluateTargetHealth);
