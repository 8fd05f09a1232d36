using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Watch.Registration;

namespace HostingOps.Cmdlets.Commands.Watch;

/// <summary>Takes away what Register-SiteWatch has put there, and nothing else.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "SiteWatch", SupportsShouldProcess = true)]
[OutputType(typeof(SiteWatchRegistration))]
public sealed class UnregisterSiteWatchCommand : HostingCmdlet
{
    /// <summary>The name of the unit, the file of cron, the task.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string TaskName { get; set; } = RegisterSiteWatchCommand.UsualName;

    /// <summary>Whose the registration is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SiteWatchScope? Scope { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (name, scope) = (TaskName, Scope);
        Run(async work =>
        {
            var registrations = WatchRegistrations.OfThisMachine(moduleFolder: null, work.Reporter);
            var plan = await registrations.PlanRemovalAsync(name, scope, work.Token).ConfigureAwait(false);
            await RegisterSiteWatchCommand.ApplyAsync(registrations, plan, work, () => Confirm(plan)).ConfigureAwait(false);
        });
    }

    private bool Confirm(WatchRegistrationPlan plan)
    {
        var text = plan.Describe();
        return plan.ChangesNothing && !IsWhatIf || Confirmed(() => ShouldProcess(text, text + "\nDo it?", "Take the watch away"));
    }
}
