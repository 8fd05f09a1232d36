using System.Management.Automation;

namespace HostingOps.Bench.Module;

/// <summary>Writes the same objects with nothing between: what PowerShell itself costs.</summary>
[Cmdlet(VerbsCommunications.Write, "PlainObject")]
public sealed class WritePlainObjectCommand : PSCmdlet
{
    /// <summary>How many.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public int Count { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        for (var number = 0; number < Count; number++)
        {
            WriteObject(new HostedSiteStandIn(number));
        }
    }
}
