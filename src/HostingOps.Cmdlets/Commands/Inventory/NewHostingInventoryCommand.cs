using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.Files;
using HostingOps.Engine.Inventory;

namespace HostingOps.Cmdlets.Commands.Inventory;

/// <summary>Writes an inventory to begin with: a commented example, or one made from an existing Route 53 zone.</summary>
[Cmdlet(VerbsCommon.New, "HostingInventory", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewHostingInventoryCommand : HostingAwsCmdlet
{
    /// <summary>The file to write; ./hosting.yml when not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Path")]
    [ValidateNotNullOrEmpty]
    public override string? InventoryPath { get; set; } = InventoryFile;

    /// <summary>The hosted zone whose records become sites and hosts. It is only read.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? FromZone { get; set; }

    /// <summary>Overwrite a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private const string InventoryFile = "hosting.yml";
    private const string SchemaFile = "hosting.schema.json";

    private static string Schema =>
        Path.Combine(Path.GetDirectoryName(typeof(NewHostingInventoryCommand).Assembly.Location)!, "..", SchemaFile);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(() =>
    {
        var path = FileSystemPath(InventoryPath)!;
        var options = OptionsFor(null);
        return async work =>
        {
            // Asked for before the zone is read: a refusal should not cost a minute of listing.
            if (File.Exists(path) && !Force)
            {
                throw new HostingException(
                    ErrorIds.FileExists,
                    HostingErrorCategory.ResourceUnavailable,
                    path,
                    $"The file '{path}' exists, and -Force was not given.",
                    "Choose another -InventoryPath, or overwrite the file with -Force.");
            }

            var yaml = FromZone is null
                ? InventoryWriter.Starter()
                : await FromZoneAsync(FromZone, options, work).ConfigureAwait(false);
            if (await work.AskAsync(() => Confirmed(() => ShouldProcess(path, "Write inventory"))).ConfigureAwait(false))
            {
                await AtomicFile.WriteAsync(path, yaml, Force, work.Token).ConfigureAwait(false);
                await WriteSchemaAsync(path, work).ConfigureAwait(false);
                await work.WriteAsync(new FileInfo(path)).ConfigureAwait(false);
            }
        };
    });

    private static async Task<string> FromZoneAsync(string zone, WorkspaceOptions options, PipelineWork work)
    {
        var name = zone.TrimEnd('.').ToLowerInvariant();
        var workspace = HostingWorkspace.Open(new HostingInventory { Zone = name }, options, work.Reporter);
        await using (workspace.ConfigureAwait(false))
        {
            var records = await workspace.ReadZoneAsync(name, work.Token).ConfigureAwait(false);
            return InventoryFromZone.Create(name, records, aws: workspace.Inventory.Aws);
        }
    }

    /// <summary>Puts the schema beside the inventory, where its first line says that it is and colleagues' editors find it too.</summary>
    private async Task WriteSchemaAsync(string inventory, PipelineWork work)
    {
        var target = Path.Combine(Path.GetDirectoryName(inventory)!, SchemaFile);
        if (!Force && File.Exists(target))
        {
            work.Reporter.Verbose($"Leaving '{target}' as it is; -Force overwrites it.");
            return;
        }

        await AtomicFile.WriteAsync(target, await File.ReadAllTextAsync(Schema, work.Token).ConfigureAwait(false), Force, work.Token).ConfigureAwait(false);
        work.Reporter.Verbose($"Wrote '{target}', which editors complete and check the inventory with.");
    }
}
