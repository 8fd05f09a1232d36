using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Inventory;

namespace HostingOps.Cmdlets.Commands.Inventory;

/// <summary>Reads an inventory and gives its findings; with -Quiet, whether it is usable.</summary>
[Cmdlet(VerbsDiagnostic.Test, "HostingInventory")]
[OutputType(typeof(InventoryFinding), typeof(bool))]
public sealed class TestHostingInventoryCommand : HostingInventoryCmdlet
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName")]
    [ValidateNotNullOrEmpty]
    public override string? InventoryPath { get; set; }

    /// <summary>Give True when there is no finding of severity Error, else False, and no findings.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(() =>
    {
        var options = OptionsFor(InventoryPath);
        return async work =>
        {
            var document = InventoryLoader.Load(InventoryLocator.Find(options.InventoryPath, options.WorkingDirectory));
            if (Quiet)
            {
                await work.WriteAsync(document.Findings.All(finding => finding.Severity != FindingSeverity.Error)).ConfigureAwait(false);
                return;
            }

            foreach (var finding in document.Findings)
            {
                await work.WriteAsync(finding).ConfigureAwait(false);
            }
        };
    });
}
