using System.Management.Automation;
using HostingOps.Cmdlets.Commands.Failover;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Formatting;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Sandbox.Drill;

namespace HostingOps.Cmdlets.Commands.Runbooks;

/// <summary>Rehearses, in a sandbox of its own, a failover of sites, or the recovery of the bare domains' redirector.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "FailoverDrill")]
[OutputType(typeof(FailoverDrillResult), typeof(ApexDrillResult))]
public sealed class InvokeFailoverDrillCommand : RehearsalInventoryCmdlet
{
    /// <summary>Name of the host to kill; without it the one that most sites live on.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? KillHost { get; set; }

    /// <summary>What is rehearsed.</summary>
    [Parameter]
    public DrillScenario Scenario { get; set; } = DrillScenario.Failover;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Scenario == DrillScenario.Apex && KillHost is not null)
        {
            ThrowTerminatingError(ErrorRecords.From(new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                KillHost,
                "-KillHost goes with -Scenario Failover; Apex kills no host, but fails the redirector's availability zone.",
                "Leave one of the two out.")));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => RunRehearsal((inventory, work) =>
        Scenario == DrillScenario.Apex ? ApexAsync(inventory, work) : FailoverAsync(inventory, KillHost, work));

    private static async Task FailoverAsync(HostingInventory inventory, string? killHost, PipelineWork work)
    {
        var result = await FailoverDrill.RunAsync(
            inventory,
            new DrillOptions { KillHost = killHost },
            plan => work.Reporter.Verbose(PlanText.Describe(plan)),
            work.Reporter,
            work.Token).ConfigureAwait(false);
        await work.WriteAsync(result).ConfigureAwait(false);
        if (!result.Passed)
        {
            await work.WriteErrorAsync(Failed(result.KilledHost, result.Reason, "Plans and Results")).ConfigureAwait(false);
        }
    }

    private static async Task ApexAsync(HostingInventory inventory, PipelineWork work)
    {
        var result = await ApexDrill.RunAsync(
            inventory,
            new ApexDrillOptions(),
            plan => work.Reporter.Verbose(string.Join('\n', plan.Gates.Select(static gate => $"  {DisplayText.Mark(gate.Outcome)} {gate}").Prepend(plan.ToString()))),
            work.Reporter,
            work.Token).ConfigureAwait(false);
        await work.WriteAsync(result).ConfigureAwait(false);
        if (!result.Passed)
        {
            await work.WriteErrorAsync(Failed(result.FailedZone, result.Reason, "Plan and Result")).ConfigureAwait(false);
        }
    }

    private static HostingException Failed(string lost, string reason, string where) => new(
        ErrorIds.DrillFailed,
        HostingErrorCategory.VerificationFailed,
        lost,
        $"The drill did not end where it should: {reason}",
        $"Look at the result's FailedStep, {where}, and run the drill again with -Verbose.");
}
