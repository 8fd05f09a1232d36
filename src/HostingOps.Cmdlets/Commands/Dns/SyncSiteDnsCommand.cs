using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Dns.Sync;

namespace HostingOps.Cmdlets.Commands.Dns;

/// <summary>Makes the zone's records what the inventory says: creates those of new sites, mends, reports, and prunes when told to.</summary>
[Cmdlet(VerbsData.Sync, "SiteDns", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DnsRecordChangeResult), typeof(ZoneChangePlan))]
public sealed class SyncSiteDnsCommand : HostingAwsCmdlet
{
    private const string Caption = "Change the hosted zone";

    private readonly SiteRequests requests = new();

    /// <summary>Names of sites, with wildcards; all when there are none. With -Prune also of sites that are gone.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Also delete the records of sites that are gone from the inventory.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>Names of sites, with wildcards, whose records nobody owns and are taken over as they are.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Adopt { get; set; } = [];

    /// <summary>Checksum of the plan that was reviewed: nothing but that plan is carried out, or finished when it was cut off.</summary>
    [Parameter]
    [ValidatePattern("^[0-9a-fA-F]{32}$")]
    public string? Checksum { get; set; }

    /// <summary>The plan that was reviewed, instead of its checksum: then a refusal says what is different now.</summary>
    [Parameter]
    [ValidateNotNull]
    public ZoneChangePlan? Plan { get; set; }

    /// <summary>Id of a sync to take back as a whole, or its unique beginning.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Undo { get; set; }

    /// <summary>Limits to override by name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ZoneChangeGateName[] Override { get; set; } = [];

    /// <summary>Give the plan as an object, and change nothing.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>Do not ask. No limit is passed by it, and -WhatIf still changes nothing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var others = MyInvocation.BoundParameters.Keys.Intersect([nameof(Prune), nameof(Adopt), nameof(Name)], StringComparer.Ordinal).ToArray();
        if (Undo is not null && others.Length > 0)
        {
            Refuse($"-Undo takes a whole sync back, and -{others[0]} was given as well.", "Leave one of the two out.");
        }

        if (Plan is { } plan && Checksum is { } checksum && !string.Equals(plan.Checksum, checksum, StringComparison.OrdinalIgnoreCase))
        {
            Refuse($"-Plan has the checksum {plan.Checksum}, and -Checksum says {checksum}.", "Give one of the two.");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var reviewed = Plan is { } plan ? new ReviewedPlan(plan.Checksum, plan) : Checksum is { } checksum ? new ReviewedPlan(checksum) : null;
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            if (!PlanOnly && reviewed is not null && await workspace.FindCutOffAsync(reviewed, work.Token).ConfigureAwait(false) is { } operation)
            {
                await FinishAsync(operation, reviewed, workspace, work).ConfigureAwait(false);
                return;
            }

            var made = Undo is null
                ? await workspace.PlanSyncAsync(OptionsOf(request), work.Token).ConfigureAwait(false)
                : await workspace.PlanZoneUndoAsync(Undo, Override, work.Token).ConfigureAwait(false);
            reviewed?.EnsureIs(made);
            if (PlanOnly)
            {
                await work.WriteAsync(made).ConfigureAwait(false);
            }
            else if (await work.AskAsync(() => Confirm(made)).ConfigureAwait(false))
            {
                await ApplyAsync(made, workspace, work).ConfigureAwait(false);
            }
        });
    }

    private void Refuse(string message, string action) => ThrowTerminatingError(ErrorRecords.From(
        new HostingException(ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, MyInvocation.MyCommand.Name, message, action)));

    private SyncOptions OptionsOf(SiteRequest request) => new() { Sites = request.Names, Prune = Prune, Adopt = Adopt, Overrides = Override };

    private async Task ApplyAsync(ZoneChangePlan plan, HostingWorkspace workspace, PipelineWork work)
    {
        ZoneChangeOutput.Warn(plan.Notices, "Sync-SiteDns", work.Reporter);
        work.Commit();
        await ZoneChangeOutput.WriteAsync(workspace.ZoneChanges.ApplyAsync(plan, new ZoneChangeOptions(), work.Token), work).ConfigureAwait(false);
        foreach (var error in workspace.SitesLeftOut(plan))
        {
            await work.WriteErrorAsync(error).ConfigureAwait(false);
        }
    }

    private async Task FinishAsync(string operation, ReviewedPlan reviewed, HostingWorkspace workspace, PipelineWork work)
    {
        var text = $"Sync of {workspace.Inventory.Zone}: operation {operation} was cut off; what is left of it is done now\n  checksum {reviewed.Checksum}";
        if (await work.AskAsync(() => ShouldProcessUnlessForced(Force, text, text + "\nDo it?", Caption)).ConfigureAwait(false))
        {
            work.Commit();
            await ZoneChangeOutput.WriteAsync(workspace.ZoneChanges.ResumeAsync(operation, new ZoneChangeOptions(), work.Token), work).ConfigureAwait(false);
        }
    }

    // A deployment's new records take nothing from anybody: they are asked for only by who wants to be asked for less than High.
    private bool Confirm(ZoneChangePlan plan)
    {
        var text = ZoneChangeText.Describe(plan, "-PlanOnly");
        if (plan.Changes.Count == 0 || !plan.Allowed)
        {
            return !IsWhatIf || Confirmed(() => ShouldProcess(text, text, Caption));
        }

        var isMild = plan.CreateCount == plan.Changes.Count && !AsksForMedium();
        return ShouldProcessUnlessForced(Force || isMild, text, text + "\nDo it?", Caption);
    }

    private bool AsksForMedium() =>
        LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact least) && least is ConfirmImpact.Low or ConfirmImpact.Medium;
}
