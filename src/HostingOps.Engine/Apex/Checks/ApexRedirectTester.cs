using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Apex.Checks;

/// <summary>Tests the redirects of many names at one address, and where the public DNS sends them.</summary>
/// <param name="inventory">The inventory.</param>
/// <param name="rehearsal">Whether AWS is asked on this machine: then an address that nothing leads to may be somebody's real one.</param>
/// <param name="reporter">Is told of progress, and of each test.</param>
/// <param name="clock">For timeouts and certificate dates.</param>
internal sealed class ApexRedirectTester(HostingInventory inventory, bool rehearsal, IOperationReporter reporter, TimeProvider clock)
{
    private const string Activity = "Testing redirects";

    /// <summary>Tests every name of the table; results come as they are made.</summary>
    /// <param name="sites">The sites of the table.</param>
    /// <param name="table">The redirects.</param>
    /// <param name="options">Which address, and how.</param>
    /// <param name="cancellationToken">Ends the testing.</param>
    /// <exception cref="HostingException">ApexNotConfigured, InvalidArgument.</exception>
    public IAsyncEnumerable<ApexRedirectTest> TestAsync(
        IReadOnlyList<HostedSite> sites, ApexRedirectTable table, ApexRedirectTestOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var apex = inventory.Apex ?? throw new HostingException(
            ErrorIds.ApexNotConfigured,
            HostingErrorCategory.ObjectNotFound,
            inventory.Path,
            "The inventory has no 'apex' section, so that it is not known where the bare domains should lead.",
            "Add 'apex: { elasticIp: ... }' to the inventory.");
        if (options.ThrottleLimit < 1 || options.Timeout <= TimeSpan.Zero || options.Targets.Count == 0 || !IPAddress.TryParse(options.Address ?? apex.ElasticIp, out var address))
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                options,
                FormattableString.Invariant($"A test wants an IP address, a time, a target and at least one name at once; given were '{options.Address ?? apex.ElasticIp}', {options.Timeout.TotalSeconds} s, {options.Targets.Count} and {options.ThrottleLimit}."));
        }

        var routes = new ApexRoutes(apex, options.ConnectTo, rehearsal);
        DemandRoutes(address, options, routes);
        return RunAsync(Expectations(sites, table, apex, options), address, options, routes, cancellationToken);
    }

    // In a rehearsal the real redirector would answer for the one that is rehearsed.
    private static void DemandRoutes(IPAddress address, ApexRedirectTestOptions options, ApexRoutes routes)
    {
        int[] ports = [.. options.Http ? [80] : Array.Empty<int>(), .. options.Https ? [443] : Array.Empty<int>()];
        if (Array.Find(ports, port => !routes.LeadTo(address, port)) is > 0 and var missing)
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                address.ToString(),
                $"{ApexRoutes.NoWay(new IPEndPoint(address, missing))}; the real one is not asked.",
                "Use the sandbox's inventory, or give its ConnectTo.");
        }
    }

    private static List<RedirectExpectation> Expectations(
        IReadOnlyList<HostedSite> sites, ApexRedirectTable table, ApexSettings apex, ApexRedirectTestOptions options)
    {
        var byName = sites.ToDictionary(static site => site.Name, StringComparer.Ordinal);
        var siblings = table.Redirects
            .GroupBy(static redirect => redirect.Target, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.Select(static redirect => redirect.Host).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        return table.Redirects
            .Where(redirect => options.Hosts?.Contains(redirect.Host) ?? true)
            .Select(redirect => new RedirectExpectation(
                redirect, byName[redirect.SiteName], siblings[redirect.Target], apex.Redirect.Status, apex.ElasticIp, apex.ElasticIpV6)
            {
                InstanceId = options.InstanceId,
                MustNameInstance = options.MustNameInstance,
            })
            .ToList();
    }

    private async IAsyncEnumerable<ApexRedirectTest> RunAsync(
        IReadOnlyList<RedirectExpectation> expectations,
        IPAddress address,
        ApexRedirectTestOptions options,
        ApexRoutes routes,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] schemes = [.. options.Http ? ["http"] : Array.Empty<string>(), .. options.Https ? ["https"] : Array.Empty<string>()];
        var tests = expectations.SelectMany(expected => schemes.Select(scheme => (Expected: expected, Scheme: scheme))).ToList();
        if (tests.Count == 0)
        {
            yield break;
        }

        using var asker = new RedirectAsker(address, routes, options.Timeout, reporter, clock);
        using var progress = new ActivityProgress(reporter, clock, Activity, tests.Count, options.ParentActivity);
        var servers = options.NameServers.Count > 0 || !options.CheckDns ? options.NameServers
            : rehearsal && inventory.NameServers.Count > 0 ? [.. inventory.NameServers.Select(AuthoritativeServers.ParseEndpoint)]
            : SystemNameServers.Find();
        var lookup = new RecursiveLookup(new DnsClient(clock, reporter: reporter), servers, options.Timeout);

        // A name's two schemes share its questions to the DNS.
        var dns = new ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<ApexRedirectFinding>>>>(StringComparer.Ordinal);
        var results = BoundedStream.RunAsync(
            tests,
            options.ThrottleLimit,
            async (test, stop) =>
            {
                var about = options.CheckDns
                    ? dns.GetOrAdd(test.Expected.Redirect.Host, _ => new(() => LookUpAsync(test.Expected, lookup, stop))).Value
                    : Task.FromResult<IReadOnlyList<ApexRedirectFinding>>([]);
                return await TestAsync(test.Expected, test.Scheme, address, asker, options, about, stop).ConfigureAwait(false);
            },
            cancellationToken);
        await foreach (var result in results.ConfigureAwait(false))
        {
            progress.Advance(result.Host);
            yield return result;
        }
    }

    private static async Task<IReadOnlyList<ApexRedirectFinding>> LookUpAsync(RedirectExpectation expected, RecursiveLookup lookup, CancellationToken cancellationToken)
    {
        var a = lookup.AskAsync(expected.Redirect.Host, DnsRecordType.A, cancellationToken);
        var aaaa = lookup.AskAsync(expected.Redirect.Host, DnsRecordType.AAAA, cancellationToken);
        var www = expected.Redirect.Kind == ApexRedirectKind.Domain ? lookup.AskAsync(expected.Redirect.Target, DnsRecordType.A, cancellationToken) : null;
        await Task.WhenAll(a, aaaa, www ?? a).ConfigureAwait(false);
        var answers = new ApexDnsAnswers(await a.ConfigureAwait(false), await aaaa.ConfigureAwait(false), www is null ? null : await www.ConfigureAwait(false));
        return ApexDnsRules.Judge(expected, answers).ToList();
    }

    private async Task<ApexRedirectTest> TestAsync(
        RedirectExpectation expected, string scheme, IPAddress address, RedirectAsker asker, ApexRedirectTestOptions options, Task<IReadOnlyList<ApexRedirectFinding>> dns, CancellationToken cancellationToken)
    {
        var checkedAt = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        IReadOnlyList<RedirectAnswer> shown = [];
        List<ApexRedirectFinding> found = [];
        foreach (var target in options.Targets)
        {
            var answers = await WalkAsync(expected, scheme, target, asker, cancellationToken).ConfigureAwait(false);
            var findings = ApexRedirectRules.Judge(expected, answers).ToList();
            if (shown.Count == 0 || (found.Count == 0 && findings.Count > 0))
            {
                shown = answers;
            }

            found.AddRange(findings);
            if (found.Any(static finding => finding.Outcome is ApexRedirectOutcome.Failed or ApexRedirectOutcome.Unknown))
            {
                break;
            }
        }

        var elapsed = clock.GetElapsedTime(started);
        var certificate = shown[0].Certificate;
        found.AddRange(ApexRedirectRules.JudgeCertificate(certificate, expected.Site.Check, checkedAt));
        found.AddRange(await dns.ConfigureAwait(false));
        var url = shown[0].Url;
        var test = new ApexRedirectTest
        {
            SiteName = expected.Redirect.SiteName,
            Host = expected.Redirect.Host,
            Scheme = scheme,
            Url = url.ToString(),
            Expected = expected.Redirect.LocationOf(url.PathAndQuery),
            Address = address.ToString(),
            InstanceId = shown[0].InstanceId,
            Status = shown[0].Status,
            Location = shown[0].Location,
            Hops = shown.Select(static answer => new ApexRedirectHop(answer.Url.ToString(), answer.Status)).ToList(),
            Outcome = ApexRedirectRules.Worst(found),
            Findings = ApexRedirectRules.Order(found),
            CertificateNotAfter = certificate?.NotAfter,
            CertificateProblem = certificate?.Problem,
            Milliseconds = elapsed.TotalMilliseconds,
            CheckedAt = checkedAt,
            InventoryPath = expected.Site.InventoryPath,
        };
        reporter.Verbose(FormattableString.Invariant(
            $"{test.Url} at {test.Address}: {test.Outcome}, {test.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no answer"} {test.Location}, {test.Milliseconds:0} ms. {string.Join(' ', test.Findings.Select(static finding => finding.Message))}").TrimEnd());
        return test;
    }

    private static async Task<IReadOnlyList<RedirectAnswer>> WalkAsync(
        RedirectExpectation expected, string scheme, string target, RedirectAsker asker, CancellationToken cancellationToken)
    {
        var answers = new List<RedirectAnswer>();
        var next = RedirectLocation.Read($"{scheme}://{expected.Redirect.Host}{target}", null);
        while (next is not null)
        {
            answers.Add(await asker.AskAsync(expected.Site, next, cancellationToken).ConfigureAwait(false));
            next = RedirectRoute.Next(expected, answers);
        }

        return answers;
    }
}
