using System.Collections;
using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Apex.Addresses;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>Moves an Elastic IP to an instance, and proves that it answers from there.</summary>
[Cmdlet(VerbsCommon.Move, "ElasticIp", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ElasticIpMoveResult))]
public sealed class MoveElasticIpCommand : HostingAwsCmdlet
{
    private const int DefaultProofSeconds = 60;

    /// <summary>The instance that shall have the address.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string InstanceId { get; set; } = "";

    /// <summary>The address or its id, eipalloc-…; the address of the inventory's apex when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AllocationId")]
    [ValidateNotNullOrEmpty]
    public string? PublicIp { get; set; }

    /// <summary>Whether the address may be taken from what has it, as EC2 does by itself; $false moves a free address only.</summary>
    [Parameter]
    public bool AllowReassociation { get; set; } = true;

    /// <summary>Seconds in which the address must answer from the instance.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int ProofTimeoutSec { get; set; } = DefaultProofSeconds;

    /// <summary>Where connections to public addresses go instead, by address:port, as a sandbox has it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public IDictionary? ConnectTo { get; set; }

    /// <summary>Do not ask. -WhatIf still changes nothing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (instance, address, mayTake) = (InstanceId, PublicIp, AllowReassociation);
        var routes = Routes();
        var patience = TimeSpan.FromSeconds(ProofTimeoutSec);
        RunOnInventory(InventoryPath, async (workspace, work) =>
        {
            var addresses = workspace.ElasticIps;
            var plan = await addresses.PlanMoveAsync(address, instance, mayTake, work.Token).ConfigureAwait(false);
            if (!await work.AskAsync(() => Confirm(plan)).ConfigureAwait(false))
            {
                return;
            }

            var options = new ElasticIpMoveOptions { ProofTimeout = patience, Probe = addresses.ProbeFor(plan.PublicIp, routes) };
            work.Commit();
            var result = await MoveAsync(addresses, plan, options, work).ConfigureAwait(false);
            await work.WriteAsync(result).ConfigureAwait(false);
            if (ElasticIpMoveErrors.From(result) is { } error)
            {
                await work.WriteErrorAsync(error).ConfigureAwait(false);
            }
        });
    }

    private static async Task<ElasticIpMoveResult> MoveAsync(ElasticIpOperations addresses, ElasticIpMovePlan plan, ElasticIpMoveOptions options, PipelineWork work)
    {
        try
        {
            return await addresses.MoveAsync(plan, options, work.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            work.Reporter.Warning(
                $"Stopped: {plan.PublicIp} may have moved to {plan.InstanceId} all the same. Run the command again: it looks first, proves what was cut off, and never moves twice.");
            throw;
        }
    }

    // A plan that would change nothing, or is refused, needs no answer: its result says so.
    private bool Confirm(ElasticIpMovePlan plan)
    {
        var text = ElasticIpMoveText.Describe(plan);
        return plan.ChangesNothing || !plan.Allowed
            ? !IsWhatIf || ShouldProcess(text, text, ElasticIpMoveText.Caption)
            : ShouldProcessUnlessForced(Force, text, text + "\nDo it?", ElasticIpMoveText.Caption);
    }

    private IReadOnlyDictionary<string, string> Routes()
    {
        try
        {
            return ConnectToRoutes.Read(ConnectTo);
        }
        catch (HostingException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
            throw;
        }
    }
}
