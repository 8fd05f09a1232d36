using HostingOps.Engine.Dns;
using HostingOps.Engine.Health;
using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Failover;

/// <summary>Proves switches by asking the world: every authoritative server, and the site itself on its new host.</summary>
internal sealed class SwitchProof(
    HostingInventory inventory, HostedZoneReader reader, AuthoritativeServers servers, SwitchVerifier verifier, SiteProber prober, IOperationReporter reporter)
{
    /// <summary>What may be said of a switch with which nothing is wrong.</summary>
    public string Claim => inventory.VerifyDns ? "and proven" : "and the site answers there; the name servers were not asked";

    /// <summary>What is wrong with each site, if anything, and what was seen.</summary>
    public async Task<Dictionary<SiteRun, (string? Problem, string? Detail)>> ProveAsync(
        HostedZoneReference zone, IReadOnlyList<SiteRun> runs, InvokeOptions options, CancellationToken cancellationToken)
    {
        var asking = AskServersAsync(zone, runs, options, cancellationToken);
        var served = new (string? Problem, string? Detail)[runs.Count];
        using var progress = new ActivityProgress(reporter, prober.Clock, MoveProgress.Proving, runs.Count, MoveProgress.Activity);
        var throttled = new ThrottledProber(prober, options.ThrottleLimit);
        await Task.WhenAll(runs.Select(async (run, i) =>
        {
            served[i] = await AskSiteAsync(throttled, run, cancellationToken).ConfigureAwait(false);
            progress.Advance(run.Plan.SiteName);
        })).ConfigureAwait(false);
        var answered = await asking.ConfigureAwait(false);
        return runs.Select((run, i) => (run, Joined(answered[i], served[i]))).ToDictionary(static pair => pair.run, static pair => pair.Item2);
    }

    private async Task<(string? Problem, string? Detail)[]> AskServersAsync(
        HostedZoneReference zone, IReadOnlyList<SiteRun> runs, InvokeOptions options, CancellationToken cancellationToken)
    {
        if (!inventory.VerifyDns)
        {
            return [.. runs.Select(static _ => ((string?)null, (string?)"Name servers not asked (verifyDns: false)."))];
        }

        try
        {
            var names = inventory.NameServers.Count > 0 ? [] : await reader.GetNameServersAsync(zone, cancellationToken).ConfigureAwait(false);
            var found = await servers.FindAsync(inventory, names, cancellationToken).ConfigureAwait(false);
            reporter.Verbose($"Asking {found.Count} authoritative servers of '{zone.Name}'.");
            var answers = await verifier.VerifyAsync(found, [.. runs.Select(static run => run.Change)], options.VerifyTimeout, cancellationToken).ConfigureAwait(false);
            var bySite = answers.ToDictionary(static answer => answer.SiteName, StringComparer.Ordinal);
            return [.. runs.Select(run => bySite[run.Plan.SiteName] is { Verified: true } good
                ? ((string?)null, (string?)FormattableString.Invariant($"Every authoritative server ({good.Answers.Count}) answers as wanted."))
                : (bySite[run.Plan.SiteName].Reason, bySite[run.Plan.SiteName].Reason))];
        }
        catch (HostingException error)
        {
            return [.. runs.Select(_ => ((string?)error.Message, (string?)error.Message))];
        }
    }

    private static async Task<(string? Problem, string? Detail)> AskSiteAsync(
        ThrottledProber prober, SiteRun run, CancellationToken cancellationToken)
    {
        if (run.To is not { } host)
        {
            return (null, null);
        }

        var observations = await prober.ConfirmAsync(run.Site, host, cancellationToken).ConfigureAwait(false);
        var last = observations[^1];
        return last.Status is SiteStatus.Healthy or SiteStatus.Degraded
            ? (null, $"{host.Name} serves the site: {last.Reason}")
            : ($"{host.Name} does not serve the site: {last.Reason}", last.Reason);
    }

    private static (string? Problem, string? Detail) Joined((string? Problem, string? Detail) one, (string? Problem, string? Detail) other) =>
        (Join(one.Problem, other.Problem), Join(one.Detail, other.Detail));

    private static string? Join(string? one, string? other) => one is null ? other : other is null ? one : $"{one} {other}";
}
