using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>Says what an Elastic IP is associated with, as EC2 has it.</summary>
[Cmdlet(VerbsCommon.Get, "ElasticIp", DefaultParameterSetName = "Apex")]
[OutputType(typeof(ElasticIp))]
public sealed class GetElasticIpCommand : HostingAwsCmdlet
{
    /// <summary>Addresses; the one of the inventory's apex when not given.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "PublicIp", ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? PublicIp { get; set; }

    /// <summary>Ids of addresses, eipalloc-…</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AllocationId")]
    [ValidateNotNullOrEmpty]
    public string[]? AllocationId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<string?> wanted = PublicIp ?? AllocationId ?? new string?[] { null };
        RunOnInventory(InventoryPath, async (workspace, work) =>
        {
            foreach (var address in wanted)
            {
                try
                {
                    await work.WriteAsync(await workspace.ElasticIps.GetAsync(address, work.Token).ConfigureAwait(false)).ConfigureAwait(false);
                }
                catch (HostingException error) when (error.ErrorId == ErrorIds.ElasticIpNotFound)
                {
                    await work.WriteErrorAsync(error, address).ConfigureAwait(false);
                }
            }
        });
    }
}
