using HostingOps.Engine.Apex.Addresses;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Apex.Instances;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Health;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Puts a new redirector in the place of one that died: plans it, carries it out under a lock, and goes on with what was cut off.</summary>
internal sealed class ApexRecovery(
    HostingWorkspace workspace, AwsConnection aws, Func<StateDatabase> state, SiteProber prober, IOperationReporter reporter, TimeProvider time)
{
    private const string LockName = "apex-recovery";
    private static readonly TimeSpan OldestPlan = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Plans.</summary>
    public Task<ApexRecoveryPlan> PlanAsync(ApexRecoveryOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ApexRecoveryPlanner(Context(options)).PlanAsync(options, cancellationToken);
    }

    /// <summary>Carries a plan out.</summary>
    public async Task<ApexRecoveryResult> RestoreAsync(ApexRecoveryPlan plan, ApexRecoveryOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        var context = Context(options);
        var now = time.GetUtcNow();
        if (!plan.Allowed)
        {
            return Refused(plan, ErrorIds.ApexRecoveryRefused, string.Join(" ", plan.Gates.Where(static gate => gate.Outcome != GateOutcome.Passed)));
        }

        if (now - plan.CreatedAt > OldestPlan)
        {
            return Refused(plan, ErrorIds.PlanStale, "The plan is over 15 minutes old.");
        }

        var id = context.Journal.NewId();
        using var lease = Acquire(context, plan.AllocationId, plan.PublicIp, id);
        using var renewal = lease.KeepRenewed(time);
        var open = new OpenRecoveries(context);
        var (blocking, over) = await open.ReadAsync(plan.AllocationId, cancellationToken).ConfigureAwait(false);
        if (blocking is not null)
        {
            return Refused(plan, ErrorIds.ApexRecoveryRefused, $"{ApexRecoveryGateName.NothingOpen}: {blocking}");
        }

        var address = await context.Addresses.ReadAsync(plan.AllocationId, cancellationToken).ConfigureAwait(false);
        if (address.IsAssociated && address.Association != plan.From)
        {
            return New(plan, null).End(
                ApexRecoveryOutcome.Conflict,
                ErrorIds.ElasticIpConflict,
                $"The plan saw {plan.PublicIp} with {plan.From}; now it is with {address.Association}. Nothing was changed.");
        }

        var redirects = workspace.GetApexRedirects().Redirects;
        if (!plan.Planned && address.IsAssociated
            && await new RedirectorLook(context).WorksAgainAsync(plan.PublicIp, redirects, cancellationToken).ConfigureAwait(false) is { } seen)
        {
            return Refused(plan, ErrorIds.ApexRecoveryRefused, $"{ApexRecoveryGateName.RedirectorDown}: it answers again: {seen}. -Planned replaces it all the same.");
        }

        open.GiveUp(over);
        context.Journal.Begin(new ApexOperation
        {
            Id = id,
            Kind = ApexOperationKind.Restore,
            By = OperatorIdentity.Current(),
            InventoryPath = plan.InventoryPath,
            AllocationId = plan.AllocationId,
            PublicIp = plan.PublicIp,
            Region = plan.Region,
            EndpointUrl = plan.EndpointUrl,
            StartedAt = now,
            PlanJson = StateValue.ToJson(plan),
        });
        return await new RecoveryRunner(context, options).RunAsync(New(plan, id), context.Journal.Entries(id), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on.</summary>
    public async Task<ApexRecoveryResult> ResumeAsync(string? operationId, ApexRecoveryOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var context = Context(options);
        var address = await context.Addresses.ReadAsync(context.Apex.ElasticIp, cancellationToken).ConfigureAwait(false);
        var operation = operationId is null
            ? context.Journal.Open(address.AllocationId).FirstOrDefault(static open => open.Kind == ApexOperationKind.Restore)
            : context.Journal.Find(operationId);
        if (operation is not { Kind: ApexOperationKind.Restore })
        {
            throw new HostingException(
                ErrorIds.OperationNotFound,
                HostingErrorCategory.ObjectNotFound,
                operationId ?? address.PublicIp,
                operationId is null ? $"No recovery of {address.PublicIp} is unfinished." : $"The journal has no recovery '{operationId}'.",
                "Look at Get-ApexHistory, or begin a new one with Restore-ApexRedirector; the state database is named by $HOSTINGOPS_STATE.");
        }

        // A rehearsal's address may be the real one's twin; its id is another.
        if (operation.AllocationId != address.AllocationId)
        {
            throw NotResumable(operation, $"is about {operation.AllocationId} in {operation.Region}, and {address.PublicIp} is {address.AllocationId} here", "Use the inventory and the endpoint that it was begun with.");
        }

        using var lease = Acquire(context, operation.AllocationId, operation.PublicIp, operation.Id);
        using var renewal = lease.KeepRenewed(time);
        if (context.Journal.Find(operation.Id) is not { EndedAt: null })
        {
            throw NotResumable(operation, $"has ended: {operation.Outcome}", $"Look at Get-ApexHistory -OperationId {operation.Id}, or begin a new one with Restore-ApexRedirector.");
        }

        var entries = context.Journal.Entries(operation.Id);
        var plan = StateValue.FromJson<ApexRecoveryPlan>(operation.PlanJson);
        var run = new RecoveryRun(plan, operation.Id, operation.StartedAt, reporter, time);
        return await new RecoveryRunner(context, options).RunAsync(run, entries, cancellationToken).ConfigureAwait(false);
    }

    private RecoveryContext Context(ApexRecoveryOptions options)
    {
        var inventory = workspace.Inventory;
        var apex = inventory.Apex ?? throw new HostingException(
            ErrorIds.ApexNotConfigured,
            HostingErrorCategory.ObjectNotFound,
            inventory.Path,
            "The inventory has no 'apex' section, so that it is not known which redirector is meant.",
            "Add 'apex: { elasticIp: ... }' to the inventory.");
        var routes = new ApexRoutes(apex, options.ConnectTo, aws.IsEC2OnLoopback);
        var sites = inventory.Sites.ToDictionary(static site => site.Name, StringComparer.Ordinal);
        return new RecoveryContext
        {
            Inventory = inventory,
            Apex = apex,
            EC2 = aws.EC2,
            Region = aws.EC2Region,
            Addresses = new ElasticIpReader(aws.EC2, aws.EC2Region, inventory.Path),
            Moves = workspace.ElasticIps,
            Launcher = new InstanceLauncher(aws.EC2, reporter, time, options.Interval),
            Instances = new InstanceReader(aws.EC2, time),
            Journal = new ApexJournal(state()),
            Locks = new OperationLock(state()),
            Routes = routes,
            ProbeOf = (redirect, pathAndQuery) =>
                new RedirectorProbe(sites[redirect.SiteName], redirect.Host, routes, options.QuestionTimeout, reporter, time) { PathAndQuery = pathAndQuery },
            Check = new RecoveryRedirectCheck(
                inventory, () => workspace.GetApexRedirects(), new ApexRedirectTester(inventory, aws.IsEC2OnLoopback, reporter, time), options),
            Publisher = new SshConfigPublisher(inventory, new HostKeyReader(aws.EC2, reporter, time), options, routes, reporter, time),
            Reporter = reporter,
            Time = time,
            ConfigAsync = (test, stop) => workspace.CreateApexRedirectConfigAsync(null, WebServerFormat.Nginx, test, stop),
            ObserveAsync = stop => new ObserverCheck(prober).CheckAsync(inventory.Policy.ObserverChecks, stop),
        };
    }

    private static SiteLease Acquire(RecoveryContext context, string allocationId, string publicIp, string operationId) =>
        context.Locks.TryAcquire(LockName, allocationId, operationId, OperatorIdentity.Current(), Lease, out var holder) ?? throw new HostingException(
            ErrorIds.ElasticIpBusy,
            HostingErrorCategory.Conflict,
            publicIp,
            FormattableString.Invariant(
                $"The redirector of {publicIp} is being recovered by {holder!.Holder} (process {holder.ProcessId}, operation {holder.OperationId}) since {holder.AcquiredAt:u}."),
            FormattableString.Invariant($"Wait until that ends. If its process is gone, the lock is free after {holder.ExpiresAt:u}."));

    private static HostingException NotResumable(ApexOperation operation, string why, string action) => new(
        ErrorIds.OperationNotResumable, HostingErrorCategory.InvalidArgument, operation.Id, $"Recovery {operation.Id} {why}.", action);

    private ApexRecoveryResult Refused(ApexRecoveryPlan plan, string errorId, string reason) =>
        New(plan, null).End(ApexRecoveryOutcome.Refused, errorId, reason + " Nothing was changed.");

    private RecoveryRun New(ApexRecoveryPlan plan, string? operationId) => new(plan, operationId, time.GetUtcNow(), reporter, time);
}
