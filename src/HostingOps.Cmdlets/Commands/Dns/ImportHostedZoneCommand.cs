using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Dns.Sync;
using HostingOps.Engine.Dns.ZoneFiles.Import;

namespace HostingOps.Cmdlets.Commands.Dns;

/// <summary>Makes a hosted zone's records what a file says: a plan against what is there, applied by compare-and-swap.</summary>
[Cmdlet(VerbsData.Import, "HostedZone", DefaultParameterSetName = "File", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DnsRecordChangeResult), typeof(ZoneChangePlan))]
public sealed class ImportHostedZoneCommand : HostingAwsCmdlet
{
    private const string Caption = "Change the hosted zone";

    /// <summary>The file: a zone file, or YAML.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "File")]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The hosted zone; the inventory's when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Zone { get; set; }

    /// <summary>The file's form; told by its name and content when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = "File")]
    public ZoneFileFormat? Format { get; set; }

    /// <summary>Also delete what the file does not have.</summary>
    [Parameter(ParameterSetName = "File")]
    public SwitchParameter Prune { get; set; }

    /// <summary>Full names of records, with wildcards, to import although they say where a site or dynamic DNS leads.</summary>
    [Parameter(ParameterSetName = "File")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] IncludeRecord { get; set; } = [];

    /// <summary>SOA, NS or both, to import at the zone's apex.</summary>
    [Parameter(ParameterSetName = "File")]
    [ValidateSet("SOA", "NS")]
    public string[] IncludeApex { get; set; } = [];

    /// <summary>Take the file of another zone, and move its records under this one's name.</summary>
    [Parameter(ParameterSetName = "File")]
    public SwitchParameter Rebase { get; set; }

    /// <summary>Id of an import to take back, or its unique beginning.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Undo")]
    [ValidateNotNullOrEmpty]
    public string? Undo { get; set; }

    /// <summary>Checksum of the plan that was reviewed: nothing but that plan is carried out, or finished when it was cut off.</summary>
    [Parameter]
    [ValidatePattern("^[0-9a-fA-F]{32}$")]
    public string? Checksum { get; set; }

    /// <summary>Limits to override by name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ZoneChangeGateName[] Override { get; set; } = [];

    /// <summary>Give the plan as an object, and change nothing.</summary>
    [Parameter]
    [Alias("AsPlan")]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>Do not ask. No limit is passed by it, and -WhatIf still changes nothing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var reviewed = Checksum is null ? null : new ReviewedPlan(Checksum);
        var (zone, undo) = (Zone, Undo);
        Func<ZoneImportOptions>? options = undo is null ? OptionsOf(Path!) : null;
        RunOnInventory(InventoryPath, async (workspace, work) =>
        {
            if (reviewed is not null && !PlanOnly && await FindCutOffAsync(workspace, zone, reviewed, work).ConfigureAwait(false) is { } operation)
            {
                await FinishAsync(operation, reviewed, workspace, work).ConfigureAwait(false);
                return;
            }

            var plan = options is null
                ? await workspace.PlanZoneUndoAsync(undo!, Override, work.Token).ConfigureAwait(false)
                : await workspace.PlanImportAsync(await work.AskAsync(options).ConfigureAwait(false), work.Token).ConfigureAwait(false);
            reviewed?.EnsureIs(plan);
            if (PlanOnly)
            {
                await work.WriteAsync(plan).ConfigureAwait(false);
            }
            else if (await work.AskAsync(() => Confirm(plan)).ConfigureAwait(false))
            {
                ZoneChangeOutput.Warn(plan.Notices, "Import-HostedZone", work.Reporter);
                if (plan.Changes.Count == 0)
                {
                    work.Reporter.Verbose($"{plan}.");
                }

                work.Commit();
                await ZoneChangeOutput.WriteAsync(workspace.ZoneChanges.ApplyAsync(plan, new ZoneChangeOptions(), work.Token), work).ConfigureAwait(false);
            }
        });
    }

    private Func<ZoneImportOptions> OptionsOf(string path)
    {
        var options = new ZoneImportOptions
        {
            Path = path,
            Zone = Zone,
            Format = Format,
            Rebase = Rebase,
            Prune = Prune,
            IncludeRecords = IncludeRecord,
            IncludeApex = IncludeApex,
            Overrides = Override,
        };

        // The location is known on the pipeline thread only.
        return () => options with { Path = FileSystemPath(path)! };
    }

    private static async Task<string?> FindCutOffAsync(HostingWorkspace workspace, string? zone, ReviewedPlan reviewed, PipelineWork work)
    {
        var found = await workspace.ZoneNamedAsync(zone, work.Token).ConfigureAwait(false);
        return workspace.ZoneChanges.FindOpen(found.Id, reviewed.Checksum.ToLowerInvariant());
    }

    private async Task FinishAsync(string operation, ReviewedPlan reviewed, HostingWorkspace workspace, PipelineWork work)
    {
        var text = $"Operation {operation} was cut off; what is left of it is done now\n  checksum {reviewed.Checksum}";
        if (await work.AskAsync(() => ShouldProcessUnlessForced(Force, text, text + "\nDo it?", Caption)).ConfigureAwait(false))
        {
            work.Commit();
            await ZoneChangeOutput.WriteAsync(workspace.ZoneChanges.ResumeAsync(operation, new ZoneChangeOptions(), work.Token), work).ConfigureAwait(false);
        }
    }

    // A plan that would change nothing, or is refused, needs no answer.
    private bool Confirm(ZoneChangePlan plan)
    {
        var text = ZoneChangeText.Describe(plan, "-PlanOnly");
        return plan.Changes.Count == 0 || !plan.Allowed
            ? !IsWhatIf || Confirmed(() => ShouldProcess(text, text, Caption))
            : ShouldProcessUnlessForced(Force, text, text + "\nDo it?", Caption);
    }
}
