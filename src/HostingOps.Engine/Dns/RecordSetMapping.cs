using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns;

/// <summary>Between Route 53's record sets and ours. Values pass through untouched: a DELETE must match them exactly.</summary>
internal static class RecordSetMapping
{
    public static DnsRecordSet FromRoute53(ResourceRecordSet set) => new()
    {
        Name = Route53Name.Decode(set.Name),
        Type = set.Type.Value,
        Ttl = set.AliasTarget is null ? set.TTL : null,
        Values = set.ResourceRecords?.Select(static record => record.Value).ToArray() ?? [],
        AliasTarget = set.AliasTarget?.DNSName,
        SetIdentifier = set.SetIdentifier,
        HealthCheckId = set.HealthCheckId,
        TrafficPolicyInstanceId = set.TrafficPolicyInstanceId,
    };

    /// <summary>A simple record set as Route 53 takes it.</summary>
    public static ResourceRecordSet ToRoute53(DnsRecordSet set) => set.IsSimple
        ? new ResourceRecordSet
        {
            Name = Route53Name.Encode(set.Name),
            Type = RRType.FindValue(set.Type),
            TTL = set.Ttl,
            ResourceRecords = [.. set.Values.Select(static value => new ResourceRecord { Value = value })],
        }
        : throw new HostingException(
            ErrorIds.RecordNotSwitchable,
            HostingErrorCategory.InvalidArgument,
            set.Name,
            $"The record set {set.Type} '{set.Name}' is an alias or has a routing policy; HostingOps changes simple records only.");
}
