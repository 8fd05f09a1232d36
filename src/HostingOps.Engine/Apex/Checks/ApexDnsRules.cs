using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Apex.Checks;

/// <summary>Whether the public DNS sends a name's visitors to the redirector. Pure.</summary>
internal static class ApexDnsRules
{
    /// <summary>Judges the answers.</summary>
    /// <param name="expected">What the inventory wants.</param>
    /// <param name="answers">What the name servers said.</param>
    public static IEnumerable<ApexRedirectFinding> Judge(RedirectExpectation expected, ApexDnsAnswers answers)
    {
        var host = expected.Redirect.Host;
        return JudgeV4(host, expected.ElasticIp, answers.A)
            .Concat(JudgeV6(host, expected.ElasticIpV6, answers.Aaaa))
            .Concat(answers.Www is { } www ? JudgeWww(expected.Site, www) : []);
    }

    private static IEnumerable<ApexRedirectFinding> JudgeV4(string host, string ours, DnsLookup seen)
    {
        if (seen.Problem is { } problem)
        {
            yield return Unknown($"It is not known where {host} leads: {problem}.");
        }
        else if (seen.Addresses.Count == 0)
        {
            yield return Failed(
                ApexRedirectFindingCode.DnsMissing,
                seen.DoesNotExist ? $"The name {host} does not exist in the DNS; its A record should be {ours}." : $"The name {host} has no A record; it should be {ours}.");
        }
        else if (AddressSet.Strangers(seen.Addresses, ours) is { Count: > 0 } strangers)
        {
            yield return Failed(
                ApexRedirectFindingCode.DnsElsewhere,
                strangers.Count < seen.Addresses.Count
                    ? $"The A record of {host} leads some visitors to {AddressSet.Text(strangers)} besides {ours}."
                    : $"The A record of {host} is {AddressSet.Text(strangers)}, not {ours}.");
        }
    }

    private static IEnumerable<ApexRedirectFinding> JudgeV6(string host, string? ours, DnsLookup seen)
    {
        // A name that does not exist is told once.
        if (seen.Problem is { } problem)
        {
            yield return Unknown($"It is not known whether {host} has IPv6 addresses: {problem}.");
        }
        else if (AddressSet.Strangers(seen.Addresses, ours) is { Count: > 0 } strangers)
        {
            yield return Failed(
                ApexRedirectFindingCode.DnsV6Elsewhere,
                $"The AAAA record of {host} is {AddressSet.Text(strangers)}, {(ours is null ? "but the redirector has no IPv6 address" : $"not {ours}")}: visitors with IPv6 miss it.");
        }
        else if (ours is not null && seen.Addresses.Count == 0 && !seen.DoesNotExist)
        {
            yield return new(ApexRedirectFindingCode.DnsV6Missing, ApexRedirectOutcome.Warning, $"The name {host} has no AAAA record; it should be {ours}.");
        }
    }

    private static IEnumerable<ApexRedirectFinding> JudgeWww(HostedSite site, DnsLookup seen)
    {
        if (seen.Cnames.Contains(site.Record, StringComparer.OrdinalIgnoreCase))
        {
            yield break;
        }

        if (seen.Problem is { } problem)
        {
            yield return Unknown($"It is not known where {site.HostName} leads: {problem}.");
            yield break;
        }

        var how = seen.Cnames.Count > 0 ? $"is a CNAME to {seen.Cnames[0]}"
            : seen.Addresses.Count > 0 ? $"has the address {AddressSet.Text(seen.Addresses)} of its own"
            : seen.DoesNotExist ? "does not exist in the DNS" : "has no record";
        yield return Failed(
            ApexRedirectFindingCode.WwwNotOurs,
            $"{site.HostName} {how}; it should be a CNAME to {site.Record}, or a failover does not move it.");
    }

    private static ApexRedirectFinding Failed(ApexRedirectFindingCode code, string message) => new(code, ApexRedirectOutcome.Failed, message);

    private static ApexRedirectFinding Unknown(string message) => new(ApexRedirectFindingCode.DnsUnknown, ApexRedirectOutcome.Unknown, message);
}
