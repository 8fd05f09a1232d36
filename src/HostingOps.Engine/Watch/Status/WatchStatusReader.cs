using System.Text.Json;
using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Engine.State;
using HostingOps.Engine.Watch.Registration;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch.Status;

/// <summary>Asks the watcher that lives; where none does, says what was last saved, and that it is old.</summary>
internal sealed class WatchStatusReader(HostingInventory inventory, StateDatabase database, IOperationReporter reporter, TimeProvider time)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>Reads it.</summary>
    /// <exception cref="HostingException">StateUnavailable, StateCorrupt.</exception>
    public async Task<WatchStatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var last = new WatchRegister(database).Runs(inventory.Zone, 1).FirstOrDefault();
        var holder = WatcherLease.Holder(new OperationLock(database));
        if (last is not null && holder?.OperationId == last.Id)
        {
            if (!last.IsSingle && await AskAsync(last, cancellationToken).ConfigureAwait(false) is { } answer)
            {
                return answer;
            }

            return Saved(last, missed: null);
        }

        var missed = MissedRuns.Before(last, every: null, time.GetUtcNow());
        if (last is null)
        {
            reporter.Warning($"Nobody has watched the sites of {inventory.Zone} yet: Register-SiteWatch, or Start-SiteWatch.");
        }
        else if (!last.IsSingle)
        {
            reporter.Warning($"Nobody watches. The last watcher was {last.Operator}, process {last.ProcessId}, {(last.EndedAt is null ? "and was killed" : last.Ending)}; it was last seen at {last.SeenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z. This is what it saved.");
        }
        else if (missed is not null)
        {
            reporter.Warning(missed.ToString());
        }

        return Saved(last, missed);
    }

    private async Task<WatchStatusReport?> AskAsync(WatchRun run, CancellationToken cancellationToken)
    {
        var url = new WatchStatusRegister(database).Endpoint(run.Id);
        var why = "serves no /status";
        if (url is not null)
        {
            try
            {
                // A proxy of the environment has no business with loopback.
                using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = AnswerLimit };
                reporter.Verbose($"GET {url}status");
                using var body = await http.GetStreamAsync(new Uri(url, "/status"), cancellationToken).ConfigureAwait(false);
                var report = await WatchStatusJson.ReadAsync(body, cancellationToken).ConfigureAwait(false);

                // With a database on a share, the same address may be another machine's watcher.
                if (report.Watcher.ProcessId == run.ProcessId && report.Watcher.Holder == run.Operator)
                {
                    return report with { Watcher = report.Watcher with { Endpoint = url.ToString(), InventoryPath = inventory.Path }, Sites = [.. report.Sites.Select(site => site with { InventoryPath = inventory.Path })] };
                }

                why = $"is not the one that answers at {url}";
            }
            catch (Exception error) when (error is HttpRequestException or JsonException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                why = $"does not answer at {url}: {error.Message}";
            }
        }

        reporter.Warning($"The watcher ({run.Operator}, process {run.ProcessId}) {why}. This is what it saved last.");
        return null;
    }

    private WatchStatusReport Saved(WatchRun? last, MissedRuns? missed)
    {
        var scope = AlertScope.Of(inventory);
        var incidents = new IncidentRegister(database, scope).Open();
        var saved = new WatchRegister(database).Targets(inventory.Zone).ToDictionary(static target => (target.SiteName, target.HostName));
        var sites = inventory.Sites.SelectMany(site => new[] { site.Primary, site.Secondary }.Select(host => Target(site, host, saved)))
            .Select(target => WatchStatusReport.Of(target, null, incidents, live: false, inventory.Path)).ToArray();
        return new WatchStatusReport(
            new WatcherStatus
            {
                Live = false,
                At = saved.Count > 0 ? saved.Values.Max(static target => target.SavedAt) : last?.SeenAt ?? time.GetUtcNow(),
                Holder = last?.Operator,
                ProcessId = last?.ProcessId,
                StartedAt = last?.BeganAt,
                Every = last?.ExpectedEvery,
                InventoryPath = inventory.Path,
                Problems = missed is null ? [] : [missed.ToString()],
                SiteCount = inventory.Sites.Count,
                DownCount = sites.Count(static site => site is { Role: WatchRole.Active, State: WatchState.Down }),
                OpenIncidents = incidents,
                AlertsUndelivered = new WatchStatusRegister(database).Undelivered(scope),
                MissedRuns = missed?.Count ?? 0,
            },
            sites);
    }

    private static WatchedTarget Target(HostedSite site, SiteHost host, Dictionary<(string, string), SavedTarget> saved) =>
        saved.TryGetValue((site.Name, host.Name), out var target) && target.IsOf(host)
            ? new WatchedTarget(new WatchTarget(site, host, target.Role), target.Verdict, target.Last, null)
            : new WatchedTarget(new WatchTarget(site, host, host.Name == site.Primary.Name ? WatchRole.Active : WatchRole.Standby), TargetVerdict.Initial, null, null);
}
