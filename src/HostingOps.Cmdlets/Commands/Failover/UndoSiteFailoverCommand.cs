using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Failover;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>Takes operations back by compare-and-swap: all their sites or those named.</summary>
[Cmdlet(VerbsCommon.Undo, "SiteFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(FailoverResult))]
public sealed class UndoSiteFailoverCommand : FailoverActionCmdlet
{
    private readonly OperationRequests requests = new();

    /// <summary>Names of sites, with wildcards; all of the operation when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The operation's id, or its unique beginning.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? OperationId { get; set; }

    /// <summary>Gates that may be passed although they refuse. Needs -Reason; goes into the journal.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public GateName[] Override { get; set; } = [];

    /// <summary>Why the gates are overridden.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (OperationId is null && Name is null)
        {
            ThrowTerminatingError(ErrorRecords.From(new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                null,
                "Neither -OperationId nor -Name was given, so there is nothing to say what to undo.",
                "Name the operation, as Get-SiteFailoverHistory shows it, or the sites.")));
        }

        requests.Add(InventoryPath, OperationId, Name);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var request in requests.All)
        {
            RunOnInventory(request.InventoryPath, async (workspace, work) =>
            {
                var names = await request.SiteNamesAsync(workspace, work).ConfigureAwait(false);
                if (names is { Count: 0 })
                {
                    return;
                }

                var options = new PlanOptions { Planned = true, Overrides = Override, OverrideReason = Reason };
                var plans = workspace.PlanUndoAsync(request.OperationId, names, options, work.Token);
                await ConfirmAndInvokeAsync(workspace, plans, work).ConfigureAwait(false);
            });
        }
    }
}
