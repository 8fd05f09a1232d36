using HostingOps.Engine;
using HostingOps.Engine.Apex.Recovery;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.State;
using HostingOps.Engine.WebServers;
using HostingOps.Sandbox.Apex;

namespace HostingOps.Sandbox.Drill;

/// <summary>
/// The recovery of the bare domains' redirector, rehearsed: fail its whole availability zone, notice, plan, launch, test, move,
/// prove, all in a sandbox. The inventory's own AWS account, redirector and state database are never touched.
/// </summary>
public sealed class ApexDrill
{
    private readonly HostingSandbox sandbox;
    private readonly HostingWorkspace workspace;
    private readonly ApexDrillOptions options;
    private readonly Action<ApexRecoveryPlan>? onPlan;
    private readonly IOperationReporter reporter;
    private readonly DrillClock clock;
    private readonly IReadOnlyList<ApexRedirect> redirects;

    private ApexDrill(
        HostingSandbox sandbox, HostingWorkspace workspace, ApexDrillOptions options, Action<ApexRecoveryPlan>? onPlan, IOperationReporter reporter, DrillClock clock)
    {
        this.sandbox = sandbox;
        this.workspace = workspace;
        this.options = options;
        this.onPlan = onPlan;
        this.reporter = reporter;
        this.clock = clock;
        redirects = workspace.GetApexRedirects().Redirects;
    }

    /// <summary>Runs a drill in a sandbox of its own.</summary>
    /// <param name="inventory">The inventory to rehearse.</param>
    /// <param name="options">How.</param>
    /// <param name="onPlan">Is shown the plan of the recovery.</param>
    /// <param name="reporter">Is told what goes on.</param>
    /// <param name="cancellationToken">Ends the drill and its sandbox.</param>
    /// <returns>What was measured; a failed drill names its step.</returns>
    /// <exception cref="HostingException">ApexNotConfigured; ApexRedirectInvalid; or the sandbox could not start.</exception>
    public static async Task<ApexDrillResult> RunAsync(
        HostingInventory inventory, ApexDrillOptions options, Action<ApexRecoveryPlan>? onPlan, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reporter);
        if (inventory.Apex is null)
        {
            throw new HostingException(
                ErrorIds.ApexNotConfigured,
                HostingErrorCategory.ObjectNotFound,
                inventory.Path,
                "The inventory has no 'apex' section, so there is no redirector to rehearse the loss of.",
                "Add 'apex: { elasticIp: ... }'.");
        }

        var nginx = options.WithoutNginx || OperatingSystem.IsWindows() ? null : ServerProgram.Find("nginx");
        var sshd = nginx is null ? null : InstanceSsh.Find();
        using var state = ScratchFolder.Create("hostingops-drill-");
        reporter.Verbose($"Starting the sandbox; its redirectors are {nginx ?? "built in, for this machine has no nginx that could be used"}.");
        await using var sandbox = await SandboxWorld.StartAsync(
            inventory, options.Sandbox with { NginxProgram = nginx, SshdProgram = sshd, OnNginxRefused = reporter.Warning }, cancellationToken).ConfigureAwait(false);
        await using var workspace = HostingWorkspace.Open(
            sandbox.Inventory, new WorkspaceOptions { StatePath = Path.Combine(state.Path, "state.db") }, reporter);
        return await new ApexDrill(sandbox, workspace, options, onPlan, reporter, new DrillClock(TimeProvider.System))
            .RunAsync(nginx ?? "built-in", cancellationToken).ConfigureAwait(false);
    }

    private async Task<ApexDrillResult> RunAsync(string server, CancellationToken cancellationToken)
    {
        var before = await workspace.ElasticIps.GetAsync(null, cancellationToken).ConfigureAwait(false);
        var (old, zone) = (before.InstanceId!, before.AvailabilityZone!);
        var report = new ApexDrillReport(before.PublicIp, zone, old, redirects.Count, server, clock);
        using var visitor = new RedirectVisitor(sandbox, options.VisitTimeout);
        try
        {
            await UntilAsync(
                async () => (await VisitAsync(visitor, old, cancellationToken).ConfigureAwait(false)) is [var problem, ..] ? problem : null, cancellationToken)
                .ConfigureAwait(false);

            report.CurrentStep = ApexDrillStep.Detect;
            sandbox.StopZone(zone);
            clock.MarkOutage();
            reporter.Verbose($"Failed availability zone {zone}, with redirector {old} in it.");
            report.DetectSeconds = await clock.MeasureAsync(() => DetectAsync(visitor, old, cancellationToken)).ConfigureAwait(false);

            report.CurrentStep = ApexDrillStep.Plan;
            var recovery = new ApexRecoveryOptions
            {
                TerminateOld = true,
                ServeTimeout = options.Patience,
                BootTimeout = options.Patience,
                ProofTimeout = options.Patience,
                ConsoleTimeout = options.Patience,
                IdentityFile = (sandbox as RehearsalSandbox)?.IdentityFile,
                Interval = options.Interval,
                QuestionTimeout = options.VisitTimeout,
                ThrottleLimit = options.ThrottleLimit,
            };
            report.PlanSeconds = await clock.MeasureAsync(async () => report.Plan = await PlanAsync(recovery, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            EnsureAllowed(report.Plan!);

            report.CurrentStep = ApexDrillStep.Restore;
            report.RestoreSeconds = await clock.MeasureAsync(async () => report.Result = await workspace.RestoreApexAsync(report.Plan!, recovery, cancellationToken).ConfigureAwait(false))
                .ConfigureAwait(false);
            if (report.Result!.Outcome != ApexRecoveryOutcome.Restored)
            {
                throw new DrillFailedException($"The recovery ended as {report.Result.Outcome}: {report.Result.Reason}");
            }

            report.OutageSeconds = clock.SinceOutage();
            report.CurrentStep = ApexDrillStep.Prove;
            await ProveAsync(visitor, report.Result.NewInstanceId!, cancellationToken).ConfigureAwait(false);

            // What was lost comes back, and must not take anything back.
            report.CurrentStep = ApexDrillStep.Final;
            sandbox.StartZone(zone);
            await ProveAsync(visitor, report.Result.NewInstanceId!, cancellationToken).ConfigureAwait(false);
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

    private async Task DetectAsync(RedirectVisitor visitor, string old, CancellationToken cancellationToken)
    {
        var visits = redirects.Count * 2;
        await UntilAsync(
            async () =>
            {
                var lost = (await VisitAsync(visitor, old, cancellationToken).ConfigureAwait(false)).Count;
                return lost == visits ? null : FormattableString.Invariant($"only {lost} of {visits} visits fail although the redirector's zone has");
            },
            cancellationToken).ConfigureAwait(false);
        reporter.Verbose(FormattableString.Invariant($"None of {redirects.Count} redirects answers."));
    }

    private async Task<ApexRecoveryPlan> PlanAsync(ApexRecoveryOptions recovery, CancellationToken cancellationToken)
    {
        var plan = await workspace.PlanApexRecoveryAsync(recovery, cancellationToken).ConfigureAwait(false);
        onPlan?.Invoke(plan);
        return plan;
    }

    private static void EnsureAllowed(ApexRecoveryPlan plan)
    {
        if (!plan.Allowed)
        {
            throw new DrillFailedException(
                $"The recovery is refused: {string.Join(" ", plan.Gates.Where(static gate => gate.Outcome != GateOutcome.Passed).Select(static gate => $"{gate.Name}: {gate.Reason}"))}");
        }
    }

    // Asked anew, apart from what the recovery itself says: EC2 for the address, then every redirect.
    private async Task ProveAsync(RedirectVisitor visitor, string instanceId, CancellationToken cancellationToken)
    {
        var now = await workspace.ElasticIps.GetAsync(null, cancellationToken).ConfigureAwait(false);
        if (now.InstanceId != instanceId)
        {
            throw new DrillFailedException($"{now.PublicIp} should be on {instanceId}, but EC2 lists it with {now.Association}.");
        }

        if (await VisitAsync(visitor, instanceId, cancellationToken).ConfigureAwait(false) is [var problem, ..] problems)
        {
            throw new DrillFailedException(FormattableString.Invariant($"{problems.Count} of {redirects.Count * 2} visits failed: {problem}."));
        }
    }

    private Task<IReadOnlyList<string>> VisitAsync(RedirectVisitor visitor, string instanceId, CancellationToken cancellationToken) =>
        visitor.ProblemsAsync(redirects, instanceId, options.ThrottleLimit, cancellationToken);

    private async Task UntilAsync(Func<Task<string?>> problem, CancellationToken cancellationToken)
    {
        var started = clock.Now;
        while (await problem().ConfigureAwait(false) is { } seen)
        {
            if (clock.Now - started > options.Patience)
            {
                throw new DrillFailedException(FormattableString.Invariant($"After {options.Patience.TotalSeconds:0} s {seen}."));
            }

            await Task.Delay(options.Interval, cancellationToken).ConfigureAwait(false);
        }
    }
}
