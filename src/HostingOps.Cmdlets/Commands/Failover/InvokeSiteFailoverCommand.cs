using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Failover;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>Fails sites over, or carries plans out, as one operation per inventory.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SiteFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(FailoverResult))]
public sealed class InvokeSiteFailoverCommand : FailoverActionCmdlet
{
    private readonly SiteRequests requests = new();
    private readonly List<SiteFailoverPlan> plans = [];

    // One parameter set, though a plan and a choice of one exclude each other: among several sets PowerShell says of whatever
    // fits none only that it cannot resolve the set, and with a default set it would take a plan for its site's name.

    /// <summary>Names of sites, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Plans of Get-SiteFailoverPlan. They are carried out as they are, or refused when the world has moved.</summary>
    [Parameter(ValueFromPipeline = true)]
    [FailoverPlanTransformation]
    [ValidateNotNullOrEmpty]
    public SiteFailoverPlan[] Plan { get; set; } = [];

    /// <summary>A switchover between two healthy hosts, instead of a failover from a dead one.</summary>
    [Parameter]
    public SwitchParameter Planned { get; set; }

    /// <summary>Name of the host to go to; without it the active host's peer.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>Gates that may be passed although they refuse. Needs -Reason; goes into the journal.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public GateName[] Override { get; set; } = [];

    /// <summary>Why the gates are overridden.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    // Each of them asks for a plan of its own.
    private string? Choice => new[] { nameof(Planned), nameof(To), nameof(Override), nameof(Reason) }
        .FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Plan.Length > 0 && (Choice ?? (Name.Length > 0 ? nameof(Name) : null)) is { } other)
        {
            ThrowTerminatingError(ErrorRecords.From(new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                null,
                $"-Plan and -{other} were given together, but a plan already says which site goes where, and why.",
                "Give -Plan alone, or -Name with what is to be planned.")));
        }

        if (!MyInvocation.ExpectingInput && Plan.Length == 0 && Name.Length == 0)
        {
            ThrowTerminatingError(NothingNamed());
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // A plan in the pipeline names its site too, and is planned anew when something else is asked for.
        if (Plan.Length > 0 && Choice is null)
        {
            plans.AddRange(Plan);
        }
        else if (Name.Length > 0)
        {
            requests.Add(InventoryPath, Name);
        }
        else
        {
            WriteError(NothingNamed());
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            var sites = await request.SelectWithHostAsync(workspace, To, work).ConfigureAwait(false);
            var options = new PlanOptions { Planned = Planned, To = To, Overrides = Override, OverrideReason = Reason };
            await ConfirmAndInvokeAsync(workspace, workspace.PlanFailoverAsync(sites, options, work.Token), work).ConfigureAwait(false);
        });
        RunOnEach(
            plans.GroupBy(plan => plan.InventoryPath ?? InventoryPath),
            group => group.Key,
            (group, workspace, work) => ConfirmAndInvokeAsync(workspace, AsStream(group), work));
    }

    private static ErrorRecord NothingNamed() => ErrorRecords.From(new HostingException(
        ErrorIds.InvalidArgument,
        HostingErrorCategory.InvalidArgument,
        null,
        "Neither a site nor a plan was given, so there is nothing to fail over.",
        "Name the sites ('*' for all), or pipe in sites, or plans of Get-SiteFailoverPlan."));

    private static async IAsyncEnumerable<SiteFailoverPlan> AsStream(IEnumerable<SiteFailoverPlan> plans)
    {
        foreach (var plan in plans)
        {
            yield return plan;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
