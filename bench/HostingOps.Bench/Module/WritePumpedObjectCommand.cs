using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Bench.Module;

/// <summary>Writes objects through the pump that all cmdlets share, and does nothing else.</summary>
[Cmdlet(VerbsCommunications.Write, "PumpedObject")]
public sealed class WritePumpedObjectCommand : HostingCmdlet
{
    /// <summary>How many.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public int Count { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async work =>
    {
        for (var number = 0; number < Count; number++)
        {
            await work.WriteAsync(new HostedSiteStandIn(number)).ConfigureAwait(false);
        }
    });
}
