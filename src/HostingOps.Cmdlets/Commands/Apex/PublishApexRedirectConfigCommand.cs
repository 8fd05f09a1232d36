using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Apex.Publishing;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>Puts the redirector's configuration into its place over ssh, tested, verified, and taken back when that fails.</summary>
[Cmdlet(VerbsData.Publish, "ApexRedirectConfig", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ApexPublishResult))]
public sealed class PublishApexRedirectConfigCommand : HostingInventoryCmdlet
{
    private const int DefaultVerifySeconds = 20;

    /// <summary>Where to, user@host or user@host:port; apex.ssh of the inventory when not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>The configuration file there; apex.configPath of the inventory when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The address to ask after the reload, with or without a port; the one that ssh goes to when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? VerifyAddress { get; set; }

    /// <summary>Seconds in which the redirector must answer as the new configuration says.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int VerifyTimeoutSec { get; set; } = DefaultVerifySeconds;

    /// <summary>Don't ask the redirector after the reload.</summary>
    [Parameter]
    public SwitchParameter SkipVerification { get; set; }

    /// <summary>A known_hosts file that counts instead of the user's and the system's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KnownHostsFile { get; set; }

    /// <summary>Replace a file that was edited by hand, or that something else wrote.</summary>
    [Parameter]
    public SwitchParameter OverwriteEdited { get; set; }

    /// <summary>Do not ask. -WhatIf still changes nothing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SshDestination? destination = null;
        if (Destination is not null && !SshDestination.TryParse(Destination, out destination))
        {
            ThrowTerminatingError(ErrorRecords.From(new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                Destination,
                $"'{Destination}' is no destination for ssh; user@host or user@host:port was expected.",
                "Keys and options belong into ~/.ssh/config.")));
        }

        RunOnInventory(InventoryPath, async (workspace, work) =>
        {
            var plan = await workspace.PlanPublishAsync(
                new ApexPublishOptions
                {
                    Destination = destination,
                    Path = Path,
                    OverwriteEdited = OverwriteEdited,
                    KnownHostsFile = await work.AskAsync(() => FileSystemPath(KnownHostsFile)).ConfigureAwait(false),
                    Verify = !SkipVerification,
                    VerifyAddress = VerifyAddress,
                    VerifyTimeout = TimeSpan.FromSeconds(VerifyTimeoutSec),
                },
                work.Token).ConfigureAwait(false);
            if (!await work.AskAsync(() => Confirm(plan)).ConfigureAwait(false))
            {
                return;
            }

            work.Commit();
            var result = await workspace.PublishAsync(plan, work.Token).ConfigureAwait(false);
            await work.WriteAsync(result).ConfigureAwait(false);
            if (ApexPublishErrors.From(result) is { } error)
            {
                await work.WriteErrorAsync(error).ConfigureAwait(false);
            }
        });
    }

    // A plan that would change nothing, or is refused, needs no answer: its result says so.
    private bool Confirm(ApexPublishPlan plan)
    {
        var text = ApexPublishText.Describe(plan);
        return plan.ChangesNothing || plan.Refusal is not null
            ? !IsWhatIf || ShouldProcess(text, text, ApexPublishText.Caption)
            : ShouldProcessUnlessForced(Force, text, text + "\nDo it?", ApexPublishText.Caption);
    }
}
