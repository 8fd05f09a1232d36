using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Dns;

/// <summary>Reads hosted zones and their record sets from Route 53.</summary>
/// <param name="route53">The client.</param>
/// <param name="reporter">Is told how far a listing has come.</param>
/// <param name="time">For the time left; null for the system's.</param>
public sealed class HostedZoneReader(IAmazonRoute53 route53, IOperationReporter reporter, TimeProvider? time = null)
{
    /// <summary>Route 53 gives at most this many record sets in one answer (ListResourceRecordSets).</summary>
    public const int PageSize = 300;

    /// <summary>Finds the public hosted zone of that name.</summary>
    /// <exception cref="HostingException">HostedZoneNotFound, HostedZoneAmbiguous, or an AWS error.</exception>
    public async Task<HostedZoneReference> FindAsync(string zoneName, CancellationToken cancellationToken)
    {
        var matches = new List<HostedZone>();
        var request = new ListHostedZonesByNameRequest { DNSName = zoneName + "." };
        while (true)
        {
            var page = await Ask(
                () => route53.ListHostedZonesByNameAsync(request, cancellationToken), zoneName, "route53:ListHostedZonesByName")
                .ConfigureAwait(false);
            var zones = page.HostedZones ?? [];
            matches.AddRange(zones.Where(zone => Route53Name.Decode(zone.Name) == zoneName && zone.Config?.PrivateZone != true));

            // The list is sorted by name: the first other name ends the search.
            if (page.IsTruncated != true || zones.Any(zone => Route53Name.Decode(zone.Name) != zoneName))
            {
                break;
            }

            request = new ListHostedZonesByNameRequest { DNSName = page.NextDNSName, HostedZoneId = page.NextHostedZoneId };
        }

        return matches switch
        {
            [] => throw new HostingException(
                ErrorIds.HostedZoneNotFound,
                HostingErrorCategory.ObjectNotFound,
                zoneName,
                $"This AWS account has no public hosted zone '{zoneName}'.",
                "Check 'zone' in the inventory and the AWS profile, or create the hosted zone and delegate to it."),
            [var only] => new HostedZoneReference(only.Id, zoneName, only.ResourceRecordSetCount ?? 0),
            _ => throw new HostingException(
                ErrorIds.HostedZoneAmbiguous,
                HostingErrorCategory.Ambiguous,
                zoneName,
                $"This AWS account has {matches.Count} public hosted zones '{zoneName}': {string.Join(", ", matches.Select(static zone => zone.Id))}.",
                "Only one of them is delegated to. Delete or rename the others, or set 'zoneId' in the inventory."),
        };
    }

    /// <summary>Reads a hosted zone by its id, and checks that it is the zone meant and a public one.</summary>
    /// <exception cref="HostingException">HostedZoneNotFound, or an AWS error.</exception>
    public async Task<HostedZoneReference> GetAsync(string zoneId, string zoneName, CancellationToken cancellationToken)
    {
        var answer = await Ask(
            () => route53.GetHostedZoneAsync(new GetHostedZoneRequest { Id = zoneId }, cancellationToken), zoneName, "route53:GetHostedZone")
            .ConfigureAwait(false);
        var name = Route53Name.Decode(answer.HostedZone.Name);
        if (name != zoneName)
        {
            throw new HostingException(
                ErrorIds.HostedZoneNotFound,
                HostingErrorCategory.ObjectNotFound,
                zoneId,
                $"The hosted zone {zoneId} is '{name}', but the inventory's zone is '{zoneName}'.",
                "Correct 'zone' or 'zoneId' in the inventory.");
        }

        // Visitors never see it: a switch there would succeed and move nobody.
        return answer.HostedZone.Config?.PrivateZone == true
            ? throw new HostingException(
                ErrorIds.HostedZoneNotFound,
                HostingErrorCategory.ObjectNotFound,
                zoneId,
                $"The hosted zone {zoneId} is a private one, which only answers inside its VPCs; a public hosted zone '{zoneName}' was expected.",
                "Set 'zoneId' in the inventory to the public zone's id, or leave it out.")
            : new HostedZoneReference(answer.HostedZone.Id, name, answer.HostedZone.ResourceRecordSetCount ?? 0);
    }

    /// <summary>The names of the zone's authoritative servers.</summary>
    public async Task<IReadOnlyList<string>> GetNameServersAsync(HostedZoneReference zone, CancellationToken cancellationToken)
    {
        var answer = await Ask(
            () => route53.GetHostedZoneAsync(new GetHostedZoneRequest { Id = zone.Id }, cancellationToken), zone.Name, "route53:GetHostedZone")
            .ConfigureAwait(false);
        return answer.DelegationSet?.NameServers ?? [];
    }

    /// <summary>Whether the account has a health check.</summary>
    public async Task<bool> HasHealthCheckAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await route53.GetHealthCheckAsync(new GetHealthCheckRequest { HealthCheckId = id }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (NoSuchHealthCheckException)
        {
            return false;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw AwsErrorTranslation.Translate(error, id, "route53:GetHealthCheck");
        }
    }

    /// <summary>Every record set of the zone, in Route 53's order.</summary>
    public async IAsyncEnumerable<DnsRecordSet> ListAsync(
        HostedZoneReference zone, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var progress = new ActivityProgress(reporter, time ?? TimeProvider.System, "Reading the hosted zone", (int)Math.Min(int.MaxValue, zone.RecordSetCount));
        var request = new ListResourceRecordSetsRequest { HostedZoneId = zone.Id };
        while (true)
        {
            var page = await List(request, zone, cancellationToken).ConfigureAwait(false);
            foreach (var set in page.ResourceRecordSets ?? [])
            {
                yield return RecordSetMapping.FromRoute53(set);
            }

            if (page.IsTruncated != true)
            {
                yield break;
            }

            progress.Advance(zone.Name, page.ResourceRecordSets?.Count ?? 0);
            request = Next(page, zone);
        }
    }

    /// <summary>
    /// All record sets of the names asked for, by name; a name without any has an empty list. Asks by name or lists the
    /// zone, whichever needs fewer requests.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<DnsRecordSet>>> ReadAsync(
        HostedZoneReference zone, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyList<DnsRecordSet>>(StringComparer.Ordinal);
        await foreach (var (name, sets) in StreamAsync(zone, names, cancellationToken).ConfigureAwait(false))
        {
            found[name] = sets;
        }

        return found;
    }

    /// <summary>The same, each name once as soon as all its record sets are known, in no order.</summary>
    public async IAsyncEnumerable<(string Name, IReadOnlyList<DnsRecordSet> Sets)> StreamAsync(
        HostedZoneReference zone, IReadOnlyCollection<string> names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        if (wanted.Count <= 1 + (zone.RecordSetCount / PageSize))
        {
            foreach (var name in wanted)
            {
                yield return (name, await ReadNameAsync(zone, name, cancellationToken).ConfigureAwait(false));
            }

            yield break;
        }

        // A name's record sets are listed one after the other, so its last one has come when another name does.
        var current = new List<DnsRecordSet>();
        await foreach (var set in ListAsync(zone, cancellationToken).ConfigureAwait(false))
        {
            if (current.Count > 0 && current[0].Name != set.Name)
            {
                yield return (current[0].Name, current);
                current = [];
            }

            if (current.Count > 0 || wanted.Remove(set.Name))
            {
                current.Add(set);
            }
        }

        if (current.Count > 0)
        {
            yield return (current[0].Name, current);
        }

        foreach (var name in wanted)
        {
            yield return (name, []);
        }
    }

    private async Task<List<DnsRecordSet>> ReadNameAsync(HostedZoneReference zone, string name, CancellationToken cancellationToken)
    {
        var sets = new List<DnsRecordSet>();
        var request = new ListResourceRecordSetsRequest
        {
            HostedZoneId = zone.Id,
            StartRecordName = Route53Name.Encode(name),
            MaxItems = 20.ToString(CultureInfo.InvariantCulture),
        };
        while (true)
        {
            var page = await List(request, zone, cancellationToken).ConfigureAwait(false);
            foreach (var set in page.ResourceRecordSets ?? [])
            {
                var mapped = RecordSetMapping.FromRoute53(set);
                if (mapped.Name != name)
                {
                    return sets;
                }

                sets.Add(mapped);
            }

            if (page.IsTruncated != true)
            {
                return sets;
            }

            request = Next(page, zone);
        }
    }

    private static ListResourceRecordSetsRequest Next(ListResourceRecordSetsResponse page, HostedZoneReference zone) => new()
    {
        HostedZoneId = zone.Id,
        StartRecordName = page.NextRecordName,
        StartRecordType = page.NextRecordType,
        StartRecordIdentifier = page.NextRecordIdentifier,
    };

    private Task<ListResourceRecordSetsResponse> List(
        ListResourceRecordSetsRequest request, HostedZoneReference zone, CancellationToken cancellationToken) =>
        Ask(() => route53.ListResourceRecordSetsAsync(request, cancellationToken), zone.Name, "route53:ListResourceRecordSets");

    private static async Task<T> Ask<T>(Func<Task<T>> call, string target, string asked)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not (OperationCanceledException or HostingException))
        {
            throw AwsErrorTranslation.Translate(error, target, asked);
        }
    }
}
