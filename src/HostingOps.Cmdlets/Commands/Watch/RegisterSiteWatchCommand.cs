using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Watch.Registration;

namespace HostingOps.Cmdlets.Commands.Watch;

/// <summary>Has this machine watch the sites by itself: a service or timer of systemd, a line of cron, or a scheduled task.</summary>
[Cmdlet(VerbsLifecycle.Register, "SiteWatch", SupportsShouldProcess = true)]
[OutputType(typeof(SiteWatchRegistration))]
public sealed class RegisterSiteWatchCommand : HostingInventoryCmdlet
{
    /// <summary>What starts the watch; what suits the machine when not given.</summary>
    [Parameter(Position = 0)]
    public SiteWatchKind? Kind { get; set; }

    /// <summary>Time between single runs, of a timer, cron, or a scheduled task.</summary>
    [Parameter]
    public TimeSpan? Interval { get; set; }

    /// <summary>The state database; the scope's own place when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>The account that the watch runs as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>Whose the registration is.</summary>
    [Parameter]
    public SiteWatchScope? Scope { get; set; }

    /// <summary>The hostingops program; the one on PATH when not given, else this module.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AgentPath { get; set; }

    /// <summary>Files of NAME=value lines for the watch's environment. They are named, never read.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] EnvironmentFile { get; set; } = [];

    /// <summary>The name of the unit, the file of cron, the task.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string TaskName { get; set; } = UsualName;

    // A constant of its own: the engine's would be loaded at import.
    internal const string UsualName = "hostingops-watch";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var module = MyInvocation.MyCommand.Module?.ModuleBase;
        RunOnInventory(InventoryPath, async (workspace, work) =>
        {
            var registrations = WatchRegistrations.OfThisMachine(module, work.Reporter);
            var request = await work.AskAsync(() => new WatchRegistrationRequest
            {
                Kind = Kind,
                Scope = Scope,
                TaskName = TaskName,
                Interval = Interval,
                InventoryPath = Path.GetFullPath(workspace.Inventory.Path!),
                StatePath = FileSystemPath(StatePath),
                User = User,
                AgentPath = FileSystemPath(AgentPath),
                EnvironmentFiles = [.. EnvironmentFile.Select(file => FileSystemPath(file)!)],
            }).ConfigureAwait(false);
            var plan = await registrations.PlanAsync(request, work.Token).ConfigureAwait(false);
            await ApplyAsync(registrations, plan, work, () => Confirm(plan)).ConfigureAwait(false);
        });
    }

    /// <summary>Carries a plan out once it is confirmed.</summary>
    internal static async Task ApplyAsync(WatchRegistrations registrations, WatchRegistrationPlan plan, PipelineWork work, Func<bool> confirm)
    {
        if (!await work.AskAsync(confirm).ConfigureAwait(false))
        {
            return;
        }

        work.Commit();
        var result = await registrations.ApplyAsync(plan, work.Token).ConfigureAwait(false);
        await work.WriteAsync(result).ConfigureAwait(false);
        foreach (var note in result.Notes)
        {
            work.Reporter.Warning(note);
        }
    }

    // What changes nothing needs no answer: its result says so.
    private bool Confirm(WatchRegistrationPlan plan)
    {
        var text = plan.Describe();
        return plan.ChangesNothing && !IsWhatIf || Confirmed(() => ShouldProcess(text, text + "\nDo it?", "Register the watch"));
    }
}
