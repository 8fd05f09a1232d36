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

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        operationNamed = OperationId is not null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => AddRequest(requests, OperationId, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RunOnEach(requests.All.GroupBy(request => request.InventoryPath), group => group.Key, async (inventory, workspace, work) =>
        {
            var left = new LeftAlone();
            foreach (var request in inventory)
            {
                await ResumeAsync(request, left, workspace, work).ConfigureAwait(false);
            }

            left.Warn(work.Reporter);
        });
    }

    private async Task ResumeAsync(OperationRequest request, LeftAlone left, HostingWorkspace workspace, PipelineWork work)
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
            try
            {
                await WriteResultsAsync(
                    workspace.ResumeAsync(request.OperationId, names, new InvokeOptions(), work.Token), work).ConfigureAwait(false);
            }
            catch (HostingException error) when (error.ErrorId == ErrorIds.OperationNotResumable && !operationNamed)
            {
                // A row of the journal that has ended is no mistake of whoever pipes the journal.
                left.Add($"{request.OperationId} (ended)");
            }
            catch (HostingException error) when (error.ErrorId is ErrorIds.OperationNotFound or ErrorIds.OperationNotResumable)
            {
                await work.WriteErrorAsync(error, request.OperationId).ConfigureAwait(false);
            }

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
