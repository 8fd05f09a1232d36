using System.Collections;
using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Apex.Recovery;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>Puts a new redirector in the place of one that died: launched, tested, given the Elastic IP, and tested again.</summary>
[Cmdlet(VerbsData.Restore, "ApexRedirector", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ApexRecoveryResult))]
public sealed class RestoreApexRedirectorCommand : HostingAwsCmdlet
{
    private const int FiveMinutes = 300;

    /// <summary>Replaces a redirector that still answers.</summary>
    [Parameter]
    public SwitchParameter Planned { get; set; }

    /// <summary>Terminates the former redirector once everything is proven.</summary>
    [Parameter]
    public SwitchParameter TerminateOld { get; set; }

    /// <summary>The availability zone to launch in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AvailabilityZone { get; set; }

    /// <summary>The subnet to launch in, instead of the inventory's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SubnetId { get; set; }

    /// <summary>Goes on with a recovery that was cut off, or that left an instance running without the address.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>The operation to go on with, as -Resume does with the newest unfinished one of the address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApexOperationIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string? OperationId { get; set; }

    /// <summary>Tests the redirects over http only.</summary>
    [Parameter]
    public SwitchParameter SkipHttps { get; set; }

    /// <summary>Seconds in which EC2 must say that the instance runs.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int BootTimeoutSec { get; set; } = FiveMinutes;

    /// <summary>Seconds in which the running instance must serve.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int ServeTimeoutSec { get; set; } = FiveMinutes;

    /// <summary>Seconds in which the running instance's console must show its ssh host keys.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int ConsoleTimeoutSec { get; set; } = 2 * FiveMinutes;

    /// <summary>The private key file with which ssh logs in to the new instance.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IdentityFile { get; set; }

    /// <summary>Redirects tested at once.</summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Where connections to public addresses go instead, by address:port, as a sandbox has it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public IDictionary? ConnectTo { get; set; }

    /// <summary>Do not ask. -WhatIf still changes nothing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (resume, operation, options) = (Resume || OperationId is not null, OperationId, Options());
        if (resume && (Planned || TerminateOld || AvailabilityZone is not null || SubnetId is not null))
        {
            WriteError(ErrorRecords.From(new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                operation,
                "A recovery that goes on does what was planned: -Planned, -TerminateOld, -AvailabilityZone and -SubnetId can't change it.",
                "Leave them out.")));
            return;
        }

        RunOnInventory(InventoryPath, async (workspace, work) =>
        {
            ApexRecoveryResult result;
            if (resume)
            {
                var address = workspace.Inventory.Apex?.ElasticIp ?? "the Elastic IP";
                if (!await work.AskAsync(() => Confirm(ApexRecoveryText.Resuming(address, operation))).ConfigureAwait(false))
                {
                    return;
                }

                work.Commit();
                result = await workspace.ResumeApexRecoveryAsync(operation, options, work.Token).ConfigureAwait(false);
            }
            else
            {
                var plan = await workspace.PlanApexRecoveryAsync(options, work.Token).ConfigureAwait(false);
                if (!await work.AskAsync(() => Confirm(plan)).ConfigureAwait(false))
                {
                    return;
                }

                work.Commit();
                result = await workspace.RestoreApexAsync(plan, options, work.Token).ConfigureAwait(false);
            }

            foreach (var warning in result.Warnings)
            {
                work.Reporter.Warning(warning);
            }

            await work.WriteAsync(result).ConfigureAwait(false);
            if (ApexRecoveryErrors.From(result) is { } error)
            {
                await work.WriteErrorAsync(error).ConfigureAwait(false);
            }
        });
    }

    private bool Confirm(string text) => ShouldProcessUnlessForced(Force, text, text + "\nDo it?", ApexRecoveryText.Caption);

    // A plan that is refused needs no answer: its result says so.
    private bool Confirm(ApexRecoveryPlan plan)
    {
        var text = ApexRecoveryText.Describe(plan);
        return plan.Allowed ? Confirm(text) : !IsWhatIf || ShouldProcess(text, text, ApexRecoveryText.Caption);
    }

    private ApexRecoveryOptions Options()
    {
        try
        {
            return new()
            {
                Planned = Planned,
                TerminateOld = TerminateOld,
                AvailabilityZone = AvailabilityZone,
                SubnetId = SubnetId,
                SkipHttps = SkipHttps,
                BootTimeout = TimeSpan.FromSeconds(BootTimeoutSec),
                ServeTimeout = TimeSpan.FromSeconds(ServeTimeoutSec),
                ConsoleTimeout = TimeSpan.FromSeconds(ConsoleTimeoutSec),
                IdentityFile = IdentityFile is null ? null : FileSystemPath(IdentityFile),
                ThrottleLimit = ThrottleLimit,
                ConnectTo = ConnectToRoutes.Read(ConnectTo),
            };
        }
        catch (HostingException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
            throw;
        }
    }
}
