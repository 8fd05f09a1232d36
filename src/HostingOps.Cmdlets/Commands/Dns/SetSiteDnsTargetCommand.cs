using System.Management.Automation;
using HostingOps.Cmdlets.Commands.Failover;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Failover;

namespace HostingOps.Cmdlets.Commands.Dns;

/// <summary>Points sites' records at one of their hosts by compare-and-swap, with no other gate.</summary>
[Cmdlet(VerbsCommon.Set, "SiteDnsTarget", DefaultParameterSetName = "HostName", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SiteDnsSwitchResult))]
public sealed class SetSiteDnsTargetCommand : HostingAwsCmdlet
{
    private readonly SiteRequests requests = new();

    /// <summary>Names of sites, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Name of the host to point to: one of each site's two.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "HostName")]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    /// <summary>Primary or Secondary, as each site's inventory entry names them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Role")]
    [ValidateSet(nameof(HealthTarget.Primary), nameof(HealthTarget.Secondary))]
    public HealthTarget Role { get; set; }

    /// <summary>Do not ask. -WhatIf still changes nothing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            var sites = await request.SelectWithHostAsync(workspace, HostName, work).ConfigureAwait(false);
            HealthTarget? role = ParameterSetName == "Role" ? Role : null;
            var confirmed = new List<SiteFailoverPlan>();
            await foreach (var plan in workspace.PlanManualAsync(sites, HostName, role, work.Token).ConfigureAwait(false))
            {
                if (await work.AskAsync(() => Confirm(plan)).ConfigureAwait(false))
                {
                    confirmed.Add(plan);
                }
            }

            work.Commit();
            await foreach (var result in workspace.InvokeAsync(confirmed, new InvokeOptions(), work.Token).ConfigureAwait(false))
            {
                if (FailoverErrors.From(result) is { } error)
                {
                    await work.WriteErrorAsync(error).ConfigureAwait(false);
                }
                else
                {
                    await work.WriteAsync(AsSwitch(result)).ConfigureAwait(false);
                }
            }
        });
    }

    private static SiteDnsSwitchResult AsSwitch(FailoverResult result)
    {
        var changed = result.Outcome is FailoverOutcome.Succeeded or FailoverOutcome.SwitchedWithWarnings;
        var asked = result.Timeline.Any(entry => entry.Step == FailoverStep.Verify);
        return new SiteDnsSwitchResult
        {
            SiteName = result.SiteName,
            Record = (result.After.FirstOrDefault() ?? result.Before.FirstOrDefault())?.Name ?? "",
            HostName = result.To ?? "",
            Changed = changed,
            Before = result.Before,
            After = result.After,
            ChangeId = result.ChangeId,
            OperationId = changed ? result.OperationId : null,
            Verified = asked ? result.ErrorId != ErrorIds.VerificationFailed : null,
            InventoryPath = result.InventoryPath,
        };
    }

    private bool Confirm(SiteFailoverPlan plan) =>
        !PlanText.MovesTraffic(plan)
            ? !IsWhatIf || Confirmed(() => ShouldProcess(PlanText.Describe(plan), PlanText.Ask(plan), PlanText.Caption))
            : ShouldProcessUnlessForced(Force, PlanText.Describe(plan), PlanText.Ask(plan), PlanText.Caption);
}
