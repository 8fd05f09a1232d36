using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.State;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>Shows the journal of operations on the apex, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "ApexHistory")]
[OutputType(typeof(ApexHistoryEntry))]
public sealed class GetApexHistoryCommand : HostingInventoryCmdlet
{
    /// <summary>The operation's id, or its beginning.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApexOperationIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string? OperationId { get; set; }

    /// <summary>Only operations on this Elastic IP, by address or id, eipalloc-….</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AllocationId")]
    [ValidateNotNullOrEmpty]
    public string? PublicIp { get; set; }

    /// <summary>Only operations begun at this time or later.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>The newest operations, at most this many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 100;

    /// <summary>Only those that Restore-ApexRedirector -Resume can go on with.</summary>
    [Parameter]
    public SwitchParameter ResumableOnly { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var filter = new ApexHistoryFilter { OperationId = OperationId, Address = PublicIp, Since = Since, First = First, ResumableOnly = ResumableOnly };
        RunOnInventory(InventoryPath, async (workspace, work) =>
        {
            foreach (var entry in workspace.GetApexHistory(filter))
            {
                await work.WriteAsync(entry).ConfigureAwait(false);
            }
        });
    }
}
