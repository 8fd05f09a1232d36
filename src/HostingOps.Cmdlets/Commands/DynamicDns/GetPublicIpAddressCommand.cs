using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.DynamicDns;
using HostingOps.Engine.Inventory;

namespace HostingOps.Cmdlets.Commands.DynamicDns;

/// <summary>Says which public address this machine has, as far as several sources agree.</summary>
[Cmdlet(VerbsCommon.Get, "PublicIpAddress")]
[OutputType(typeof(PublicIpAddress), typeof(DynamicDnsResult))]
public sealed class GetPublicIpAddressCommand : HostingInventoryCmdlet
{
    /// <summary>Where to ask; the sources of the inventory's dynamic records when not given, else those that are built in.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[]? Source { get; set; }

    /// <summary>Dynamic records whose sources are asked, or whose history is shown, with wildcards; all when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DynamicRecordCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Record { get; set; }

    /// <summary>Which addresses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PublicAddressFamily[] AddressFamily { get; set; } = [PublicAddressFamily.IPv4, PublicAddressFamily.IPv6];

    /// <summary>How many independent sources must agree.</summary>
    [Parameter]
    [ValidateRange(1, 20)]
    public int Quorum { get; set; } = 2;

    /// <summary>Seconds for one source's answer.</summary>
    [Parameter]
    [ValidateRange(1, 60)]
    public int TimeoutSec { get; set; } = 5;

    /// <summary>Ask http:// sources too.</summary>
    [Parameter]
    public SwitchParameter AllowHttp { get; set; }

    /// <summary>Show what was written and which lines were used, and ask nobody.</summary>
    [Parameter]
    public SwitchParameter History { get; set; }

    /// <summary>Entries of the history at most, the newest first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 20;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (sources, records, families, first) = (Source, Record, AddressFamily, First);
        var named = MyInvocation.BoundParameters.ContainsKey(nameof(AddressFamily));
        var settings = (HostingInventory inventory) => Settings(inventory, sources, records);
        Func<HostingWorkspace, PipelineWork, Task> work = History
            ? async (workspace, pipeline) =>
            {
                foreach (var entry in workspace.GetDynamicDnsHistory(records, first))
                {
                    await pipeline.WriteAsync(entry).ConfigureAwait(false);
                }
            }
            : (workspace, pipeline) => AskAsync(workspace, pipeline, settings(workspace.Inventory), families, named);
        RunWithOrWithoutInventory(needed: records is not null, read: sources is null, work);
    }

    private static async Task AskAsync(
        HostingWorkspace workspace, PipelineWork work, DynamicDnsRecord settings, PublicAddressFamily[] families, bool named)
    {
        var found = await workspace.GetPublicAddressesAsync(settings, families, work.Token).ConfigureAwait(false);
        foreach (var address in found)
        {
            await work.WriteAsync(address).ConfigureAwait(false);
        }

        // A machine with IPv4 only is in order, unless somebody has asked for its IPv6 address.
        var missing = found.Where(static address => address.Address is null).ToArray();
        foreach (var address in named || missing.Length == found.Count ? missing : [])
        {
            await work.WriteErrorAsync(DynamicDnsErrors.From(address), address).ConfigureAwait(false);
        }
    }

    // Whoever names sources, or has no inventory, still has an address.
    private void RunWithOrWithoutInventory(bool needed, bool read, Func<HostingWorkspace, PipelineWork, Task> work) => Run(() =>
    {
        var options = OptionsFor(InventoryPath);
        var optional = !needed && InventoryPath is null;
        return async pipeline =>
        {
            HostingInventory inventory;
            try
            {
                inventory = optional && !read
                    ? new HostingInventory { Zone = "" }
                    : InventoryLoader.LoadOrThrow(InventoryLocator.Find(options.InventoryPath, options.WorkingDirectory), pipeline.Reporter);
            }
            catch (HostingException missing) when (missing.ErrorId == ErrorIds.InventoryNotFound && optional)
            {
                inventory = new HostingInventory { Zone = "" };
            }

            var workspace = HostingWorkspace.Open(inventory, options, pipeline.Reporter);
            await using (workspace.ConfigureAwait(false))
            {
                await work(workspace, pipeline).ConfigureAwait(false);
            }
        };
    });

    // The inventory's own quorum and patience hold for its own sources, unless the caller says otherwise.
    private DynamicDnsRecord Settings(HostingInventory inventory, string[]? sources, string[]? records)
    {
        var own = inventory.DynamicDns.Count == 0 && records is null ? [] : DynamicDnsSelector.Select(inventory, records);
        var bound = MyInvocation.BoundParameters;
        var inherited = sources is null && own.Count > 0;
        return new DynamicDnsRecord
        {
            Record = "",
            Sources = sources ?? (inherited ? [.. own.SelectMany(static record => record.Sources).Distinct(StringComparer.Ordinal)] : PublicAddressSources.Default),
            Quorum = inherited && !bound.ContainsKey(nameof(Quorum)) ? own.Max(static record => record.Quorum) : Quorum,
            Timeout = inherited && !bound.ContainsKey(nameof(TimeoutSec)) ? own.Max(static record => record.Timeout) : TimeSpan.FromSeconds(TimeoutSec),
            AllowHttp = AllowHttp || (inherited && own.All(static record => record.AllowHttp)),
            CaFile = own.Select(static record => record.CaFile).FirstOrDefault(static file => file is not null),
        };
    }
}
