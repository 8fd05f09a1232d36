using HostingOps.Engine;
using HostingOps.Engine.Failover;
using HostingOps.Engine.State;

namespace HostingOps.Sandbox.Drill;

/// <summary>
/// The main job, rehearsed: kill a host, notice, plan, switch, prove, and fail back, all in a sandbox. The inventory's
/// own AWS account, hosts and state database are never touched.
/// </summary>
public sealed class FailoverDrill
{
    private readonly HostingSandbox sandbox;
    private readonly HostingWorkspace workspace;
    private readonly DrillOptions options;
    private readonly Action<SiteFailoverPlan>? onPlan;
    private readonly IOperationReporter reporter;
    private readonly DrillClock clock;

    private FailoverDrill(
        HostingSandbox sandbox, HostingWorkspace workspace, DrillOptions options, Action<SiteFailoverPlan>? onPlan, IOperationReporter reporter, DrillClock clock)
    {
        this.sandbox = sandbox;
        this.workspace = workspace;
        this.options = options;
        this.onPlan = onPlan;
        this.reporter = reporter;
        this.clock = clock;
    }

    /// <summary>Runs a drill in a sandbox of its own.</summary>
    /// <param name="inventory">The inventory to rehearse.</param>
    /// <param name="options">How.</param>
    /// <param name="onPlan">Is shown each plan of the failover as it is made.</param>
    /// <param name="reporter">Is told what goes on.</param>
    /// <param name="cancellationToken">Ends the drill and its sandbox.</param>
    /// <returns>What was measured; a failed drill names its step.</returns>
    /// <exception cref="HostingException">HostNotFound; InvalidArgument: no sites, or none on that host; or the sandbox could not start.</exception>
    public static async Task<FailoverDrillResult> RunAsync(
        HostingInventory inventory,
        DrillOptions options,
        Action<SiteFailoverPlan>? onPlan,
        IOperationReporter reporter,
        CancellationToken cancellationToken)
    {
        var victim = Victim(inventory, options.KillHost);
        using var state = ScratchFolder.Create("hostingops-drill-");
        reporter.Verbose("Starting the sandbox.");
        await using var sandbox = await SandboxWorld.StartAsync(inventory, new SandboxOptions(), cancellationToken).ConfigureAwait(false);
        await using var workspace = HostingWorkspace.Open(
            sandbox.Inventory,
            new WorkspaceOptions { StatePath = Path.Combine(state.Path, "state.db") },
            reporter);
        reporter.Verbose($"The sandbox answers at {sandbox.EndpointUrl}, its name server at {sandbox.NameServer}.");
        return await new FailoverDrill(sandbox, workspace, options, onPlan, reporter, new DrillClock(TimeProvider.System))
            .RunAsync(victim, cancellationToken).ConfigureAwait(false);
    }

    private static SiteHost Victim(HostingInventory inventory, string? name)
    {
        if (inventory.Sites.Count == 0)
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                inventory.Path,
                "The inventory has no sites, so there is nothing to rehearse.",
                "Add a site under 'sites'.");
        }

        if (name is null)
        {
            return inventory.Sites.GroupBy(static site => site.Primary.Name).OrderByDescending(static group => group.Count()).First().First().Primary;
        }

        var victim = inventory.Hosts.GetValueOrDefault(name) ?? throw new HostingException(
            ErrorIds.HostNotFound,
            HostingErrorCategory.ObjectNotFound,
            name,
            $"The inventory has no host '{name}'; it has {string.Join(", ", inventory.Hosts.Keys)}.",
            "Name one of its hosts.");
        return inventory.Sites.Any(site => site.Primary.Name == victim.Name) ? victim : throw new HostingException(
            ErrorIds.InvalidArgument,
            HostingErrorCategory.InvalidArgument,
            name,
            $"No site has '{name}' as its primary, so killing it moves nothing.",
            "Name a host that sites live on.");
    }

    private async Task<FailoverDrillResult> RunAsync(SiteHost victim, CancellationToken cancellationToken)
    {
        var moved = workspace.Inventory.Sites.Where(site => site.Primary.Name == victim.Name).ToArray();
        var report = new DrillReport(victim.Name, [.. moved.Select(static site => site.Name)], clock);
        try
        {
            await ExpectLiveAsync(static site => site.Primary, cancellationToken).ConfigureAwait(false);

            report.CurrentStep = DrillStep.Detect;
            sandbox.StopHost(victim.Name);
            clock.MarkOutage();
            reporter.Verbose($"Killed host {victim.Name}: {moved.Length} live sites.");
            report.DetectSeconds = await clock.MeasureAsync(() => DetectAsync(moved, cancellationToken)).ConfigureAwait(false);

            report.CurrentStep = DrillStep.Decide;
            report.DecideSeconds = await clock.MeasureAsync(() => PlanAsync(moved, new PlanOptions(), report.Plans, cancellationToken)).ConfigureAwait(false);

            report.CurrentStep = DrillStep.Switch;
            await InvokeAsync(report.Plans, report.Results, cancellationToken).ConfigureAwait(false);
            report.CurrentStep = DrillStep.Verify;
            EnsureSucceeded(report.Results);
            (report.SwitchSeconds, report.VerifySeconds) = DrillReport.Split(report.Results);
            report.OutageSeconds = clock.SinceOutage();
            await ExpectLiveAsync(site => site.Primary.Name == victim.Name ? site.Secondary : site.Primary, cancellationToken).ConfigureAwait(false);

            report.CurrentStep = DrillStep.Failback;
            sandbox.StartHost(victim.Name);
            report.FailbackSeconds = await clock.MeasureAsync(async () =>
            {
                var back = new PlanOptions { Planned = true, Overrides = [GateName.Cooldown], OverrideReason = "Failback at the end of a drill." };
                var failback = new List<SiteFailoverPlan>();
                await PlanAsync(moved, back, failback, cancellationToken).ConfigureAwait(false);
                await InvokeAsync(failback, report.Failback, cancellationToken).ConfigureAwait(false);
                EnsureSucceeded(report.Failback);
            }).ConfigureAwait(false);
            report.CurrentStep = DrillStep.Final;
            await ExpectLiveAsync(static site => site.Primary, cancellationToken).ConfigureAwait(false);
            return report.Passed();
        }
        catch (DrillFailedException failure)
        {
            return report.Failed(failure.Message);
        }
        catch (HostingException error)
        {
            return report.Failed($"{error.ErrorId}: {error.Message}");
        }
    }

    private async Task DetectAsync(IReadOnlyList<HostedSite> sites, CancellationToken cancellationToken)
    {
        var started = clock.Now;
        while (true)
        {
            var down = 0;
            await foreach (var health in workspace.CheckHealthAsync(sites, HealthTarget.Active, options.ThrottleLimit, cancellationToken).ConfigureAwait(false))
            {
                down += health.Status == SiteStatus.Down ? 1 : 0;
            }

            if (down == sites.Count)
            {
                reporter.Verbose($"All {down} sites show as down.");
                return;
            }

            if (clock.Now - started > options.DetectTimeout)
            {
                throw new DrillFailedException(FormattableString.Invariant(
                    $"Only {down} of {sites.Count} sites show as down {options.DetectTimeout.TotalSeconds:0} s after their host was killed."));
            }

            await Task.Delay(options.Interval, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PlanAsync(
        IReadOnlyList<HostedSite> sites, PlanOptions planOptions, List<SiteFailoverPlan> plans, CancellationToken cancellationToken)
    {
        await foreach (var plan in workspace.PlanFailoverAsync(sites, planOptions, cancellationToken).ConfigureAwait(false))
        {
            plans.Add(plan);
            if (!planOptions.Planned)
            {
                onPlan?.Invoke(plan);
            }
        }

        if (plans.FirstOrDefault(static plan => !plan.Allowed) is { } refused)
        {
            throw new DrillFailedException(
                $"{refused.SiteName} is refused: {string.Join(" ", refused.Gates.Where(static gate => !gate.Allows).Select(static gate => $"{gate.Name}: {gate.Reason}"))}");
        }
    }

    private async Task InvokeAsync(IReadOnlyList<SiteFailoverPlan> plans, List<FailoverResult> results, CancellationToken cancellationToken)
    {
        await foreach (var result in workspace.InvokeAsync(plans, new InvokeOptions(), cancellationToken).ConfigureAwait(false))
        {
            results.Add(result);
        }

        if (results.FirstOrDefault(static result => result.Outcome is not (FailoverOutcome.Succeeded or FailoverOutcome.SwitchedWithWarnings)) is { } bad)
        {
            throw new DrillFailedException($"{bad.SiteName} ended as {bad.Outcome}: {bad.Reason}");
        }
    }

    private static void EnsureSucceeded(IReadOnlyList<FailoverResult> results)
    {
        if (results.FirstOrDefault(static result => result.Outcome != FailoverOutcome.Succeeded) is { } bad)
        {
            throw new DrillFailedException($"{bad.SiteName} ended as {bad.Outcome}: {bad.Reason}");
        }
    }

    // Asked anew, apart from what the operation itself says: Route 53 for every site, then each site on the host it should be on.
    private async Task ExpectLiveAsync(Func<HostedSite, SiteHost> expected, CancellationToken cancellationToken)
    {
        var sites = workspace.Inventory.Sites;
        var byName = sites.ToDictionary(static site => site.Name, StringComparer.Ordinal);
        await foreach (var target in workspace.GetDnsTargetsAsync(sites, cancellationToken).ConfigureAwait(false))
        {
            if (target.ActiveHost != expected(byName[target.SiteName]).Name)
            {
                throw new DrillFailedException($"{target.SiteName} should be on {expected(byName[target.SiteName]).Name}, but its record points to {target.ActiveHost ?? "neither host"}.");
            }
        }

        await foreach (var health in workspace.CheckHealthAsync(sites, HealthTarget.Active, options.ThrottleLimit, cancellationToken).ConfigureAwait(false))
        {
            if (health.Status != SiteStatus.Healthy)
            {
                throw new DrillFailedException($"{health.SiteName} on {health.HostName} is {health.Status}: {health.Reason}");
            }
        }
    }
}
