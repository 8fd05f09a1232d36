using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.Failover;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>Finishes operations that were cut off, exactly once: the one named, those of the sites named, or every one.</summary>
[Cmdlet(VerbsLifecycle.Resume, "SiteFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(FailoverResult))]
public sealed class ResumeSiteFailoverCommand : FailoverActionCmdlet
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

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, OperationId, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var request in requests.All)
        {
            RunOnInventory(request.InventoryPath, (workspace, work) => ResumeAsync(request, workspace, work));
        }
    }

    private async Task ResumeAsync(OperationRequest request, HostingWorkspace workspace, PipelineWork work)
    {
        var names = await request.SiteNamesAsync(workspace, work).ConfigureAwait(false);
        if (names is { Count: 0 })
        {
            return;
        }

        var filter = new HistoryFilter { OperationId = request.OperationId, Sites = names, ResumableOnly = true, First = int.MaxValue };
        var open = workspace.GetHistory(filter);
        if (open.Count == 0)
        {
            // The engine tells apart: no such operation, nothing left to resume, nothing at all.
            await WriteResultsAsync(
                workspace.ResumeAsync(request.OperationId, names, new InvokeOptions(), work.Token), work).ConfigureAwait(false);
            return;
        }

        var confirmed = new List<FailoverHistoryEntry>();
        foreach (var entry in open)
        {
            if (await work.AskAsync(() => Confirm(entry)).ConfigureAwait(false))
            {
                confirmed.Add(entry);
            }
        }

        foreach (var operation in confirmed.GroupBy(entry => entry.OperationId))
        {
            var sites = operation.Select(entry => entry.SiteName).ToList();
            await WriteResultsAsync(
                workspace.ResumeAsync(operation.Key, sites, new InvokeOptions(), work.Token), work).ConfigureAwait(false);
        }
    }

    private bool Confirm(FailoverHistoryEntry entry)
    {
        var description =
            $"Resume of operation {entry.OperationId} on {entry.SiteName}: {entry.From ?? "?"} -> {entry.To ?? "?"}, cut off at {entry.LastStep}";
        return ShouldProcessUnlessForced(Force, description, description + "\nDo it?", PlanText.Caption);
    }
}
