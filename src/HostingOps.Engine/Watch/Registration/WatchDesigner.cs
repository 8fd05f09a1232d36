using System.Runtime.InteropServices;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>Says what shall be on the machine for a request. Pure: it asks the surroundings it is given, and writes nothing.</summary>
internal sealed class WatchDesigner(RegistrationSurroundings machine)
{
    private const string UsualAccount = "hostingops";
    private static readonly TimeSpan UsualInterval = TimeSpan.FromMinutes(5);

    /// <summary>The scope that is meant: an administrator registers for the machine, others for themselves.</summary>
    public SiteWatchScope ScopeOf(SiteWatchScope? asked) =>
        asked ?? (machine.IsAdministrator || IsWindows ? SiteWatchScope.System : SiteWatchScope.User);

    /// <summary>The design, and the registration as it is told.</summary>
    /// <exception cref="HostingException">InvalidArgument: something that does not fit the machine or each other.</exception>
    public (DesiredWatch Desired, SiteWatchRegistration Told) Design(WatchRegistrationRequest request)
    {
        var scope = ScopeOf(request.Scope);
        var kind = request.Kind ?? (IsWindows ? SiteWatchKind.ScheduledTask : machine.HasSystemd ? SiteWatchKind.Service : SiteWatchKind.Cron);
        Check(request, kind, scope);
        var places = new WatchPlaces(request.TaskName, scope, machine);
        TimeSpan? every = kind switch
        {
            SiteWatchKind.Service => null,
            SiteWatchKind.ScheduledTask => request.Interval,
            _ => request.Interval ?? UsualInterval,
        };
        var state = request.StatePath ?? (scope == SiteWatchScope.User ? machine.OwnState() : UsualState(kind));
        var command = WatchCommand.For(request, state, every, machine);
        var notes = new List<string>();
        var told = new SiteWatchRegistration
        {
            TaskName = request.TaskName,
            Scope = scope,
            Kind = kind,
            Outcome = SiteWatchOutcome.Unchanged,
            Interval = every,
            CommandLine = command.ToString(),
            StatePath = state,
            InventoryPath = request.InventoryPath,
        };
        var (desired, runsAs) = kind switch
        {
            SiteWatchKind.Cron => Cron(request, places, command, every!.Value),
            SiteWatchKind.ScheduledTask => Task(request, command, every, state!),
            _ => Systemd(request, places, command, every, state, notes),
        };
        if (!IsWindows && scope == SiteWatchScope.User && machine.IsAdministrator)
        {
            notes.Add($"It runs as {runsAs}, with more rights than it needs; -Scope System gives it an account of its own.");
        }

        notes.AddRange(new ReachNotes(machine, runsAs).Of(request, kind, scope, command));
        if (state is not null && state != machine.OwnState())
        {
            notes.Add(StateNote(kind, scope, state, runsAs));
        }

        return (desired, told with { RunsAs = runsAs, Notes = notes });
    }

    // OSPlatform shouts its names.
    private string PlatformName => IsWindows ? "Windows" : machine.Platform == OSPlatform.OSX ? "macOS" : "Linux";

    private bool IsWindows => machine.Platform == OSPlatform.Windows;

    private (DesiredWatch, string) Systemd(
        WatchRegistrationRequest request, WatchPlaces places, WatchCommand command, TimeSpan? every, string? state, List<string> notes)
    {
        string[] read = [request.InventoryPath, command.Arguments[0], .. request.EnvironmentFiles, .. request.StatePath is { } named ? [named] : Array.Empty<string>(), .. command.IsAgent ? [] : new[] { machine.ModuleFolder! }];
        if (places.Scope == SiteWatchScope.System)
        {
            foreach (var path in read.Where(static path => path.StartsWith("/tmp/", StringComparison.Ordinal) || path.StartsWith("/var/tmp/", StringComparison.Ordinal)))
            {
                throw RegistrationErrors.Unfit(path, $"'{path}' is in a folder for temporary files, of which the service has its own.", "Put it under /etc/hostingops or /opt, for example.");
            }
        }
        else
        {
            notes.Add($"It runs while {machine.UserName} is logged in; from boot on with: loginctl enable-linger {machine.UserName}");
        }

        var folder = request.StatePath is { } own && !own.StartsWith("/var/lib/hostingops/", StringComparison.Ordinal) ? Folder(own) : null;
        var account = new ServiceAccount(
            places.Scope,
            request.User ?? UsualAccount,
            folder,
            SeesHomes: read.Any(static path => path.StartsWith("/home/", StringComparison.Ordinal) || path.StartsWith("/root/", StringComparison.Ordinal)));
        IReadOnlyList<RegistrationStep> folders = [];
        if (places.Scope == SiteWatchScope.System && folder is not null)
        {
            if (machine.FolderExists(folder))
            {
                notes.Add($"See to it that {account.User} may write to '{folder}'.");
            }
            else
            {
                // A folder that is not there would keep the unit from starting.
                folders = [new RunStep(["install", "--directory", "--mode=2770", folder]), new RunStep(["chown", account.User + ":", folder])];
            }
        }

        var service = new WatchFile(places.ServiceFile, SystemdUnits.Service(command, every is not null, account, request.EnvironmentFiles));
        return (
            every is { } interval
                ? new DesiredWatch { Folders = folders, Files = [service, new WatchFile(places.TimerFile, SystemdUnits.Timer(interval))], Unit = places.Timer }
                : new DesiredWatch { Folders = folders, Files = [service], Unit = places.Service },
            places.Scope == SiteWatchScope.User ? machine.UserName : account.User);
    }

    private (DesiredWatch, string) Cron(WatchRegistrationRequest request, WatchPlaces places, WatchCommand command, TimeSpan every)
    {
        if (places.Scope == SiteWatchScope.User)
        {
            return (new DesiredWatch { CrontabBlock = CronLines.Block(command, every, places.TaskName, request.EnvironmentFiles) }, machine.UserName);
        }

        var user = request.User ?? UsualAccount;
        return (new DesiredWatch { Files = [new WatchFile(places.CronFile, CronLines.File(command, every, user, places.TaskName, request.EnvironmentFiles))] }, user);
    }

    private (DesiredWatch, string) Task(WatchRegistrationRequest request, WatchCommand command, TimeSpan? every, string state)
    {
        var account = TaskAccount.Of(request.User);
        var folder = Folder(state);
        if (IsDriveRoot(folder))
        {
            throw RegistrationErrors.Unfit(state, $"'{state}' is in the root of a drive or share, whose rights would have to be changed.", "Name a file in a folder of its own.");
        }

        // SYSTEM, the administrators and the account; nobody else reads the journal. What others have in a folder of theirs stays as it is.
        var isOurs = folder.Equals(OwnFolder, StringComparison.OrdinalIgnoreCase) || !machine.FolderExists(folder);
        string[] rights = isOurs ? ["/inheritance:r", "/grant", "*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F"] : ["/grant"];
        return (
            new DesiredWatch
            {
                TaskXml = TaskXml.Write(command, every, account, folder),
                TaskArguments = account.IsManaged ? ["/RU", account.Name!, "/RP", ""] : [],
                Preparations = [["icacls", folder, .. rights, $"{account.Trustee}:(OI)(CI)M", "/Q"]],
            },
            account.Shown);
    }

    /// <summary>Judges a name, which becomes part of paths.</summary>
    /// <exception cref="HostingException">InvalidArgument.</exception>
    public static void CheckName(string taskName)
    {
        if (taskName.Length is 0 or > 60 || !taskName.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') || taskName[0] == '-')
        {
            throw RegistrationErrors.Unfit(taskName, $"'{taskName}' can't be the name of a unit, a file of cron and a task.", "Use letters, digits, - and _, at most 60 of them.");
        }
    }

    private void Check(WatchRegistrationRequest request, SiteWatchKind kind, SiteWatchScope scope)
    {
        CheckName(request.TaskName);
        var fits = kind switch
        {
            SiteWatchKind.ScheduledTask => IsWindows,
            SiteWatchKind.Cron => !IsWindows && (machine.Platform == OSPlatform.Linux || scope == SiteWatchScope.User),
            _ => machine.Platform == OSPlatform.Linux,
        };
        if (!fits)
        {
            throw RegistrationErrors.Unfit(kind, $"{PlatformName} has no {kind} of the scope {scope}.", "Windows has ScheduledTask; Linux Service, Timer and Cron; macOS Cron with -Scope User.");
        }

        if (IsWindows && scope == SiteWatchScope.User)
        {
            throw RegistrationErrors.Unfit(scope, "A scheduled task is the machine's; it runs as LOCAL SERVICE or as a group managed service account.", "Leave -Scope out.");
        }

        if (scope == SiteWatchScope.User && request.User is not null)
        {
            throw RegistrationErrors.Unfit(request.User, $"What is registered for this account runs as {machine.UserName}; -User was given too.", "Leave -User out, or register with -Scope System as an administrator.");
        }

        if (!IsWindows && request.User is "root" or "0")
        {
            throw RegistrationErrors.Unfit(request.User, "The watch needs no right of root, so it does not run as root.", "Leave -User out, or name an account of its own.");
        }

        if (request.User is { } user && !IsWindows && !user.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            throw RegistrationErrors.Unfit(user, $"'{user}' is no name of an account.", "Correct -User.");
        }

        if (kind == SiteWatchKind.Service && request.Interval is not null)
        {
            throw RegistrationErrors.Unfit("Interval", "A service watches without end, each site at its own interval; -Interval is of single runs.", "Leave -Interval out, or take -Kind Timer.");
        }

        if (request.Interval is { } interval && (interval < TimeSpan.FromMinutes(1) || interval > TimeSpan.FromDays(1) || interval.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            throw RegistrationErrors.Unfit("Interval", $"-Interval is {interval:c}; whole seconds from a minute to a day were expected, written like 00:05:00.", "For seconds, let a Service watch without end.");
        }

        if (IsWindows && request.EnvironmentFiles.Count > 0)
        {
            throw RegistrationErrors.Unfit("EnvironmentFile", "A scheduled task has no environment file.", "Give the account a profile of AWS in its home, or the machine a role.");
        }
    }

    private string OwnFolder => machine.ProgramData + @"\HostingOps";

    private string UsualState(SiteWatchKind kind) => kind == SiteWatchKind.ScheduledTask ? OwnFolder + @"\state.db" : "/var/lib/hostingops/state.db";

    // A watch that does not see what is done by hand knows neither its cooldown nor that it is paused.
    private static string StateNote(SiteWatchKind kind, SiteWatchScope scope, string state, string runsAs)
    {
        var who = scope == SiteWatchScope.User ? ""
            : kind == SiteWatchKind.ScheduledTask ? ", in an elevated PowerShell"
            : $", as a member of the group {runsAs} (usermod -aG {runsAs} NAME)";
        return $"Work by hand with the same state, or the watch does not see it (Disable-SiteFailover, moves, cooldowns): HOSTINGOPS_STATE={state}{who}.";
    }

    private static bool IsDriveRoot(string folder)
    {
        var parts = folder.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length < (folder.StartsWith(@"\\", StringComparison.Ordinal) ? 3 : 2);
    }

    // Of a path of the machine that is planned for, which in a test is another than this one.
    private static string Folder(string path)
    {
        var cut = path.LastIndexOfAny(['/', '\\']);
        return cut > 0 ? path[..cut] : path;
    }
}
