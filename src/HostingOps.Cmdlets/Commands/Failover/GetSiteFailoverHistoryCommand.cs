using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Failover;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>Shows what the journal has, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "SiteFailoverHistory")]
[OutputType(typeof(FailoverHistoryEntry))]
public sealed class GetSiteFailoverHistoryCommand : HostingInventoryCmdlet
{
    private readonly OperationRequests requests = new();

    /// <summary>Names of sites, with wildcards; all sites when not given.</summary>
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
    [ValidateNotNullOrEmpty]
    public string? OperationId { get; set; }

    /// <summary>Only operations begun at this time or later.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>The newest entries, at most this many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 100;

    /// <summary>Only those that Resume-SiteFailover can finish.</summary>
    [Parameter]
    public SwitchParameter ResumableOnly { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, OperationId, Name);

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        RunOnEach(requests.All.GroupBy(request => request.InventoryPath), group => group.Key, async (group, workspace, work) =>
        {
            foreach (var request in group)
            {
                var names = await request.NamesInJournalAsync(workspace, work).ConfigureAwait(false);
                if (names is { Count: 0 })
                {
                    continue;
                }

                var filter = new HistoryFilter
                {
                    Sites = names,
                    OperationId = request.OperationId,
                    Since = Since,
                    First = First,
                    ResumableOnly = ResumableOnly,
                };
                foreach (var entry in workspace.GetHistory(filter))
                {
                    await work.WriteAsync(entry).ConfigureAwait(false);
                }
            }
        });
}
