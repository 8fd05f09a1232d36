using Amazon.EC2.Model;
using HostingOps.Engine.Aws;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Chooses where a new redirector can be launched: a healthy zone, of the address's network border group, not the dead one.</summary>
internal sealed class LaunchPlaces(RecoveryContext context)
{
    /// <summary>The places, best first, and the condition's answer.</summary>
    /// <param name="address">The Elastic IP.</param>
    /// <param name="deadZone">The zone that is taken last, because its redirector is silent; or null.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="HostingException">An AWS error.</exception>
    public async Task<(IReadOnlyList<ApexLaunchPlace> Places, ApexRecoveryGate Gate, string? Warning)> ChooseAsync(
        ElasticIp address, string? deadZone, ApexRecoveryOptions options, CancellationToken cancellationToken)
    {
        var answer = await EC2Call.AsAsync(
            "ec2:DescribeAvailabilityZones",
            null,
            () => context.EC2.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest(), cancellationToken)).ConfigureAwait(false);
        var zones = (answer.AvailabilityZones ?? []).Where(static zone => zone.ZoneName is not null).ToDictionary(static zone => zone.ZoneName!, StringComparer.Ordinal);
        var wanted = options.SubnetId is { } one ? [one] : context.Apex.Instance.Subnets;
        var (candidates, refused) = wanted.Count > 0
            ? await OfSubnetsAsync(wanted, cancellationToken).ConfigureAwait(false)
            : (zones.Keys.Order(StringComparer.Ordinal).Select(static zone => new ApexLaunchPlace(zone, null)).ToList(), []);
        var fit = new List<ApexLaunchPlace>();
        foreach (var place in candidates)
        {
            var zone = zones.GetValueOrDefault(place.AvailabilityZone);
            var group = zone?.NetworkBorderGroup ?? zone?.RegionName;
            var problem = zone is null ? "is not a zone of this account"
                : options.AvailabilityZone is { } asked && asked != place.AvailabilityZone ? $"is not {asked}, which was asked for"
                : zone.State?.Value is { } state && state != "available" ? $"is {state}"
                : address.NetworkBorderGroup is { } needed && group is not null && group != needed ? $"is of network border group {group}, the address of {needed}"
                : zone.ZoneType is { } type && type != "availability-zone" ? $"is a {type}"
                : null;
            if (problem is null)
            {
                fit.Add(place);
            }
            else
            {
                refused.Add($"{place} {problem}");
            }
        }

        // A zone that EC2 still calls available may be the one that has failed: it comes last, and only if there is no other.
        var elsewhere = fit.Where(place => place.AvailabilityZone != deadZone).ToList();
        var (places, warning) = elsewhere.Count > 0 || options.AvailabilityZone is not null
            ? (elsewhere.Count > 0 ? elsewhere : fit, null)
            : (fit, fit.Count > 0 ? $"{deadZone} is the only zone to launch in, and the redirector there does not answer." : null);
        var reason = places.Count > 0
            ? string.Join(", then ", places) + (refused.Count > 0 ? $"; passed over: {string.Join("; ", refused)}" : "") + "."
            : $"There is nowhere to launch: {(refused.Count > 0 ? string.Join("; ", refused) : "EC2 lists no availability zone")}.";
        return (places, new(ApexRecoveryGateName.ZoneHealthy, places.Count > 0 ? GateOutcome.Passed : GateOutcome.Refused, reason), warning);
    }

    private async Task<(List<ApexLaunchPlace> Places, List<string> Refused)> OfSubnetsAsync(IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        // By filter, one that is not there is only missing in the answer.
        var answer = await EC2Call.AsAsync(
            "ec2:DescribeSubnets",
            string.Join(", ", wanted),
            () => context.EC2.DescribeSubnetsAsync(new DescribeSubnetsRequest { Filters = [new Filter("subnet-id", [.. wanted])] }, cancellationToken)).ConfigureAwait(false);
        var (places, refused) = (new List<ApexLaunchPlace>(), new List<string>());
        foreach (var id in wanted)
        {
            var subnet = answer.Subnets?.Find(candidate => candidate.SubnetId == id);
            var problem = subnet?.AvailabilityZone is null ? "is not there"
                : subnet.State is { } state && state != "available" ? $"is {state}"
                : subnet.AvailableIpAddressCount == 0 ? "has no address left"
                : subnet.MapPublicIpOnLaunch == false ? "gives instances no public address, by which a new redirector is tested"
                : null;
            if (problem is null)
            {
                places.Add(new(subnet!.AvailabilityZone!, id));
            }
            else
            {
                refused.Add($"{id} {problem}");
            }
        }

        return (places, refused);
    }
}
