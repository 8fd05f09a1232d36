using System.Collections.Immutable;

namespace HostingOps.Sandbox.Route53;

/// <summary>What record sets may stand beside each other in a zone, judged on the zone as the batch would leave it.</summary>
internal sealed class CoexistenceRules(HostedZone zone, ImmutableSortedSet<RecordSet> after, Func<string, HostedZone?> findZone)
{
    private const int LongestChain = 32;

    /// <summary>The complaints about the record sets that the batch writes, and about the zone as a whole.</summary>
    public IEnumerable<string> Problems(IReadOnlyList<RecordSet> written)
    {
        foreach (var set in written)
        {
            if ((CnameProblem(set) ?? RoutingProblem(set) ?? AliasProblem(set) ?? LoopProblem(set)) is { } problem)
            {
                yield return problem;
            }
        }

        var apex = RecordSetRange.AtName(after, zone.Name);
        if (apex.All(set => set.Type != "NS"))
        {
            yield return "A HostedZone must contain at least one NS record for the zone itself.";
        }

        if (apex.Count(set => set.Type == "SOA") != 1)
        {
            yield return "A HostedZone must contain exactly one SOA record.";
        }
    }

    private string? CnameProblem(RecordSet set)
    {
        if (set.Type == "CNAME" && set.Name.Equals(zone.Name))
        {
            return $"RRSet of type CNAME with DNS name {set.Name} is not permitted at apex in zone {zone.Name}";
        }

        var others = RecordSetRange.AtName(after, set.Name).Where(other => other.Type != set.Type).ToList();
        return set.Type == "CNAME" && others.Count > 0
            ? $"RRSet of type CNAME with DNS name {set.Name} is not permitted as it conflicts with other records with the same DNS name in zone {zone.Name}"
            : others.Exists(other => other.Type == "CNAME")
                ? $"RRSet of type {set.Type} with DNS name {set.Name} is not permitted because a conflicting RRSet of type CNAME "
                    + $"with the same DNS name already exists in zone {zone.Name}"
                : null;
    }

    private string? RoutingProblem(RecordSet set)
    {
        var peers = RecordSetRange.AtName(after, set.Name)
            .Where(other => other.Type == set.Type && other.SetIdentifier != set.SetIdentifier)
            .ToList();
        if (peers.Count == 0)
        {
            return null;
        }

        var start = $"RRSet with DNS name {set.Name}, type {set.Type}";
        if (set.SetIdentifier is null)
        {
            return $"{start} cannot be created as other RRSets exist with the same name and type.";
        }

        start += $", SetIdentifier {set.SetIdentifier}";
        if (peers.Exists(peer => peer.RoutingPolicy != set.RoutingPolicy))
        {
            return set.RoutingPolicy == "MultiValueAnswer"
                ? $"{start} cannot be created because a non multivalue answer rrset exists with the same name and type."
                : $"{start} cannot be created as a non-{PolicyName(set.RoutingPolicy)} set exists with the same name and type.";
        }

        var own = set.Routing[set.RoutingPolicy!].ToString();
        return set.RoutingPolicy is not ("Weight" or "MultiValueAnswer")
            && peers.Exists(peer => peer.Routing[set.RoutingPolicy!].ToString() == own)
                ? $"{start} cannot be created as another {PolicyName(set.RoutingPolicy)} set with the same routing exists with the same name and type."
                : null;
    }

    private string? AliasProblem(RecordSet set)
    {
        // Targets outside the sandbox (load balancers, distributions) are taken as given, as their zones are AWS's own.
        if (set.Alias is not { } alias || findZone(alias.HostedZoneId) is not { } targetZone)
        {
            return null;
        }

        var start = $"Tried to create an alias that targets {alias.DnsName}, type {set.Type} in zone {alias.HostedZoneId}, but ";
        if (!alias.DnsName.IsWithin(targetZone.Name))
        {
            return start + "the alias target name does not lie within the target zone";
        }

        var records = targetZone.Id == zone.Id ? after : targetZone.Records;
        return RecordSetRange.AtName(records, alias.DnsName).All(target => target.Type != set.Type)
            ? start + "that target was not found"
            : null;
    }

    private string? LoopProblem(RecordSet set)
    {
        var at = NextInZone(set);
        for (var hops = 0; at is not null && hops < LongestChain; hops++)
        {
            if (at.Name.Equals(set.Name) && at.Type == set.Type)
            {
                return $"RRSet of type {set.Type} with DNS name {set.Name} is not permitted as it creates a CNAME or alias loop in the zone.";
            }

            at = NextInZone(at);
        }

        return null;
    }

    private RecordSet? NextInZone(RecordSet set)
    {
        var target = set.Alias is { } alias && alias.HostedZoneId == zone.Id ? alias.DnsName
            : set.Type == "CNAME" && set.Values.Count == 1 ? RecordName.Parse(set.Values[0])
            : null;
        return target is null ? null : RecordSetRange.AtName(after, target).FirstOrDefault(next => next.Type == set.Type);
    }

    private static string PolicyName(string? policy) => policy switch
    {
        "Weight" => "weighted",
        "Region" => "latency",
        "GeoLocation" => "geolocation",
        "Failover" => "failover",
        "CidrRoutingConfig" => "cidr",
        "GeoProximityLocation" => "geoproximity",
        _ => "simple",
    };
}
