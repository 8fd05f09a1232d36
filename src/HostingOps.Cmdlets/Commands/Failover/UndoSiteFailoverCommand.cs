using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.Failover;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>Takes operations back by compare-and-swap: all their sites or those named.</summary>
[Cmdlet(VerbsCommon.Undo, "SiteFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(FailoverResult))]
public sealed class UndoSiteFailoverCommand : FailoverActionCmdlet
{
    private readonly OperationRequests requests = new();
    private bool operationNamed;

    /// <summary>Names of sites, with wildcards; all of the operation when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The operation's id, or its unique beginning.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(OperationIdCompleter))]
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
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        operationNamed = OperationId is not null;
    }

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

        AddRequest(requests, OperationId, Name);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RunOnEach(requests.All.GroupBy(request => request.InventoryPath), group => group.Key, async (inventory, workspace, work) =>
        {
            var left = new LeftAlone();
            var moved = new HashSet<string>(StringComparer.Ordinal);

            // An operation's id begins with its time, so this is newest first, whatever order the rows came in.
            foreach (var request in inventory.OrderByDescending(request => request.OperationId, StringComparer.Ordinal))
            {
                await UndoAsync(request, moved, left, workspace, work).ConfigureAwait(false);
            }

            left.Warn(work.Reporter);
        });
    }

    private async Task UndoAsync(
        OperationRequest request, HashSet<string> moved, LeftAlone left, HostingWorkspace workspace, PipelineWork work)
    {
        var names = await request.SiteNamesAsync(workspace, work).ConfigureAwait(false);
        if (names is { Count: 0 })
        {
            return;
        }

        if (request.OperationId is { } operation && !operationNamed)
        {
            names = Choose(new TakenBack(workspace.GetHistory(new HistoryFilter { Sites = names, First = int.MaxValue })), operation, moved, left) ?? names;
            if (names is { Count: 0 })
            {
                return;
            }
        }

        var options = new PlanOptions { Planned = true, Overrides = Override, OverrideReason = Reason };
        try
        {
            await ConfirmAndInvokeAsync(workspace, workspace.PlanUndoAsync(request.OperationId, names, options, work.Token), work).ConfigureAwait(false);
        }
        catch (HostingException error) when (error.ErrorId is ErrorIds.OperationNotFound or ErrorIds.OperationNotUndoable)
        {
            await work.WriteErrorAsync(error, request.OperationId).ConfigureAwait(false);
        }
    }

    // Each site moves once per command: a journal's rows, piped whole, must not send live traffic to and fro.
    private static List<string>? Choose(TakenBack journal, string operation, HashSet<string> moved, LeftAlone left)
    {
        var switched = journal.SitesOf(operation);
        if (switched.Count == 0)
        {
            // The engine says why there is nothing to take back.
            return null;
        }

        var chosen = new List<string>();
        foreach (var site in switched)
        {
            if (journal.By(operation, site) is { } by)
            {
                left.Add($"{site} of {operation} (taken back already by {by})");
            }
            else if (!moved.Add(site))
            {
                left.Add($"{site} of {operation} (a newer operation of it is taken back by this command)");
            }
            else
            {
                chosen.Add(site);
            }
        }

        return chosen;
    }
}
