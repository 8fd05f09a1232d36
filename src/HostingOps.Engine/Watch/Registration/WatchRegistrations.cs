namespace HostingOps.Engine.Watch.Registration;

/// <summary>Has the machine start the watch by itself: plans by looking only, then applies.</summary>
public sealed class WatchRegistrations
{
    private readonly RegistrationSurroundings surroundings;
    private readonly IRegistrationMachine machine;
    private readonly IOperationReporter reporter;

    internal WatchRegistrations(RegistrationSurroundings surroundings, IRegistrationMachine machine, IOperationReporter reporter)
    {
        this.surroundings = surroundings;
        this.machine = machine;
        this.reporter = reporter;
    }

    /// <summary>On this machine.</summary>
    /// <param name="moduleFolder">The folder of the PowerShell module, which is started where there is no agent; or null.</param>
    /// <param name="reporter">Is told of each step.</param>
    public static WatchRegistrations OfThisMachine(string? moduleFolder, IOperationReporter reporter) =>
        new(RegistrationSurroundings.OfThisMachine(moduleFolder), new LocalMachine(), reporter);

    /// <summary>Plans a registration, by looking only.</summary>
    /// <exception cref="HostingException">InvalidArgument, WatchRegistrationForeign, WatchRegistrationFailed.</exception>
    public async Task<WatchRegistrationPlan> PlanAsync(WatchRegistrationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (desired, told) = new WatchDesigner(surroundings).Design(request);
        var places = new WatchPlaces(told.TaskName, told.Scope, surroundings);
        var account = places is { IsWindows: false, Scope: SiteWatchScope.System }
            ? await AccountAsync(told.RunsAs!, mayBeMade: told.Kind != SiteWatchKind.Cron && request.User is null, cancellationToken).ConfigureAwait(false)
            : null;
        var present = await LookAsync(places, told.Kind, cancellationToken).ConfigureAwait(false);
        RegistrationStep[] steps = [.. account is null ? [] : new[] { account }, .. desired.Folders, .. RegistrationReconciler.Steps(places, present, desired)];
        return Plan(told, steps, steps.Length == 0 ? SiteWatchOutcome.Unchanged
            : RegistrationReconciler.IsThere(places, present) ? SiteWatchOutcome.Updated : SiteWatchOutcome.Registered);
    }

    /// <summary>Plans to take a registration away, by looking only. What the watch has written stays.</summary>
    /// <param name="taskName">Its name.</param>
    /// <param name="scope">Whose it is, or null for the machine's when an administrator asks, and else the account's.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <exception cref="HostingException">InvalidArgument, WatchRegistrationForeign, WatchRegistrationFailed.</exception>
    public async Task<WatchRegistrationPlan> PlanRemovalAsync(string taskName, SiteWatchScope? scope, CancellationToken cancellationToken)
    {
        WatchDesigner.CheckName(taskName);
        var places = new WatchPlaces(taskName, new WatchDesigner(surroundings).ScopeOf(scope), surroundings);
        var present = await LookAsync(places, needed: null, cancellationToken).ConfigureAwait(false);
        var steps = RegistrationReconciler.Steps(places, present, new DesiredWatch());
        return Plan(
            new SiteWatchRegistration { TaskName = taskName, Scope = places.Scope, Outcome = SiteWatchOutcome.NotRegistered },
            steps,
            steps.Count == 0 ? SiteWatchOutcome.NotRegistered : SiteWatchOutcome.Removed);
    }

    /// <summary>Carries a plan out. When a step fails, those before it stand; running the command again does the rest.</summary>
    /// <exception cref="HostingException">FileWriteFailed, WatchRegistrationFailed.</exception>
    public async Task<SiteWatchRegistration> ApplyAsync(WatchRegistrationPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (var step in plan.Steps)
        {
            reporter.Verbose(step.Describe());
            switch (step)
            {
                case WriteFileStep write:
                    await machine.WriteAsync(write.File.Path, write.File.Text, cancellationToken).ConfigureAwait(false);
                    break;
                case DeleteFileStep delete:
                    machine.Delete(delete.Path);
                    break;
                case MakeFolderStep folder:
                    machine.MakeFolder(folder.Path);
                    break;
                case RunStep run:
                    var (code, output, error) = await machine.RunAsync(run, cancellationToken).ConfigureAwait(false);
                    if (code != 0 && !run.MayFail)
                    {
                        throw RegistrationErrors.CommandFailed(run.Command, code, (error + output).Trim());
                    }

                    break;
            }
        }

        return plan.Result;
    }

    private static WatchRegistrationPlan Plan(SiteWatchRegistration told, IReadOnlyList<RegistrationStep> steps, SiteWatchOutcome outcome) => new(
        told with
        {
            Outcome = outcome,
            Files = [.. steps.Select(static step => step switch { WriteFileStep write => write.File.Path, DeleteFileStep delete => delete.Path, _ => null }).OfType<string>()],
            Commands = [.. steps.OfType<RunStep>().Select(static run => run.Command)],
        },
        steps);

    private async Task<PresentWatch> LookAsync(WatchPlaces places, SiteWatchKind? needed, CancellationToken cancellationToken)
    {
        var files = places.Files.ToDictionary(static path => path, machine.Read, StringComparer.Ordinal);
        return new PresentWatch
        {
            Files = files,
            Units = await UnitsAsync(places, needed, files, cancellationToken).ConfigureAwait(false),
            Crontab = places.MayBeInCrontab ? await CrontabAsync(needed == SiteWatchKind.Cron, cancellationToken).ConfigureAwait(false) : null,
            TaskXml = places.IsWindows ? await TaskAsync(places, cancellationToken).ConfigureAwait(false) : null,
        };
    }

    private async Task<IReadOnlyDictionary<string, bool>> UnitsAsync(
        WatchPlaces places, SiteWatchKind? needed, Dictionary<string, string?> files, CancellationToken cancellationToken)
    {
        var units = new Dictionary<string, bool>(StringComparer.Ordinal);
        var isNeeded = needed is SiteWatchKind.Service or SiteWatchKind.Timer;
        if (!places.IsLinux || (!isNeeded && files.GetValueOrDefault(places.ServiceFile) is null && files.GetValueOrDefault(places.TimerFile) is null))
        {
            return units;
        }

        foreach (var unit in new[] { places.Service, places.Timer })
        {
            var show = new RunStep(places.Systemctl("show", "--property=UnitFileState,ActiveState", unit));
            var (code, output, error) = await machine.RunAsync(show, cancellationToken).ConfigureAwait(false);
            if (code != 0)
            {
                throw RegistrationErrors.CommandFailed(show.Command, code, (error + output).Trim());
            }

            var lines = output.Split('\n', StringSplitOptions.TrimEntries);
            var enabled = lines.Contains("UnitFileState=enabled", StringComparer.Ordinal);
            var active = lines.Any(static line => line is "ActiveState=active" or "ActiveState=activating" or "ActiveState=reloading");
            if (enabled || active)
            {
                units[unit] = enabled && active;
            }
        }

        return units;
    }

    private async Task<string?> CrontabAsync(bool needed, CancellationToken cancellationToken)
    {
        var list = new RunStep(["crontab", "-l"]);
        var (code, output, error) = await machine.RunAsync(list, cancellationToken).ConfigureAwait(false);
        return code switch
        {
            0 => output,
            not null when error.Contains("no crontab", StringComparison.OrdinalIgnoreCase) => "",

            // What can't be read must never be written over.
            _ when needed || code is not null => throw RegistrationErrors.CommandFailed(list.Command, code, error.Trim()),
            _ => null,
        };
    }

    private async Task<string?> TaskAsync(WatchPlaces places, CancellationToken cancellationToken)
    {
        var (code, output, _) = await machine.RunAsync(new RunStep(["schtasks", "/Query", "/TN", places.Task, "/XML"]), cancellationToken).ConfigureAwait(false);
        return code == 0 ? output : null;
    }

    // The step that makes the account, or null when it is there.
    private async Task<RunStep?> AccountAsync(string user, bool mayBeMade, CancellationToken cancellationToken)
    {
        var (code, _, error) = await machine.RunAsync(new RunStep(["id", "-u", user]), cancellationToken).ConfigureAwait(false);
        if (code == 0)
        {
            return null;
        }

        if (mayBeMade)
        {
            return new RunStep(["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/var/lib/hostingops", "--shell", "/usr/sbin/nologin", user]);
        }

        throw RegistrationErrors.Unfit(
            user,
            $"It would run as '{user}', and there is no such account: {error.Trim()}",
            $"Make it (useradd --system --user-group --home-dir /var/lib/hostingops --create-home --shell /usr/sbin/nologin {user}), or name another with -User.");
    }
}
