using System.Management.Automation;
using HostingOps.Cmdlets.Commands.Failover;
using HostingOps.Cmdlets.Completion;
using HostingOps.Sandbox.Drill;

namespace HostingOps.Cmdlets.Commands.Runbooks;

/// <summary>Rehearses the whole failover in a sandbox of its own: kill, detect, decide, switch, verify, fail back.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "FailoverDrill")]
[OutputType(typeof(FailoverDrillResult))]
public sealed class InvokeFailoverDrillCommand : RehearsalInventoryCmdlet
{
    /// <summary>Name of the host to kill; without it the one that most sites live on.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? KillHost { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => RunRehearsal(async (inventory, work) =>
    {
        var result = await FailoverDrill.RunAsync(
            inventory,
            new DrillOptions { KillHost = KillHost },
            plan => work.Reporter.Verbose(PlanText.Describe(plan)),
            work.Reporter,
            work.Token).ConfigureAwait(false);
        await work.WriteAsync(result).ConfigureAwait(false);
        if (!result.Passed)
        {
            await work.WriteErrorAsync(new HostingException(
                ErrorIds.DrillFailed,
                HostingErrorCategory.VerificationFailed,
                result.KilledHost,
                $"The drill did not end where it should: {result.Reason}",
                "Look at the result's FailedStep, Plans and Results, and run the drill again with -Verbose.")).ConfigureAwait(false);
        }
    });
}
