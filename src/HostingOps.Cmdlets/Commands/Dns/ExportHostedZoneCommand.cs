using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Files;

namespace HostingOps.Cmdlets.Commands.Dns;

/// <summary>Writes a hosted zone down, as a zone file or as YAML, with everything that Route 53 knows of it.</summary>
[Cmdlet(VerbsData.Export, "HostedZone", SupportsShouldProcess = true)]
[OutputType(typeof(HostedZoneExport))]
public sealed class ExportHostedZoneCommand : HostingAwsCmdlet
{
    /// <summary>The hosted zone; the inventory's when not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Zone { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The form; told by the file's name when not given.</summary>
    [Parameter]
    public ZoneFileFormat? Format { get; set; }

    /// <summary>Overwrite a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (zone, format) = (Zone, FormatOf(Path));
        RunOnInventory(InventoryPath, async (workspace, work) =>
        {
            var path = await work.AskAsync(() => FileSystemPath(Path)).ConfigureAwait(false);

            // Asked for before the zone is read: a refusal should not cost a minute of listing.
            if (path is not null && File.Exists(path) && !Force)
            {
                throw new HostingException(
                    ErrorIds.FileExists,
                    HostingErrorCategory.ResourceUnavailable,
                    path,
                    $"The file '{path}' exists, and -Force was not given.",
                    "Choose another -Path, or overwrite the file with -Force.");
            }

            var export = await workspace.ExportZoneAsync(zone, format, work.Token).ConfigureAwait(false);
            var action = FormattableString.Invariant($"Write {export.RecordSetCount} record sets of {export.Zone} as {export.Format}");
            if (path is not null && await work.AskAsync(() => Confirmed(() => ShouldProcess(path, action))).ConfigureAwait(false))
            {
                await AtomicFile.WriteAsync(path, export.Text, Force, work.Token).ConfigureAwait(false);
                export = export with { Path = path };
            }

            await work.WriteAsync(export).ConfigureAwait(false);
        });
    }

    private ZoneFileFormat FormatOf(string? path) =>
        Format ?? (System.IO.Path.GetExtension(path)?.ToLowerInvariant() is ".yml" or ".yaml" ? ZoneFileFormat.Yaml : ZoneFileFormat.Bind);
}
