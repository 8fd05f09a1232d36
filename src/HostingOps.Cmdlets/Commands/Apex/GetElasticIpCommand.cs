using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>Says what an Elastic IP is associated with, as EC2 has it.</summary>
[Cmdlet(VerbsCommon.Get, "ElasticIp")]
[OutputType(typeof(ElasticIp))]
public sealed class GetElasticIpCommand : HostingAwsCmdlet
{
    /// <summary>Addresses or their ids, eipalloc-…; the address of the inventory's apex when not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("AllocationId")]
    [ValidateNotNullOrEmpty]
    public string[]? PublicIp { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<string?> wanted = PublicIp ?? new string?[] { null };
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
