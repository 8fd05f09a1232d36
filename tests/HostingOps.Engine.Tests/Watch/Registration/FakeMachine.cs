using System.Runtime.InteropServices;
using HostingOps.Engine.Watch.Registration;

namespace HostingOps.Engine.Tests.Watch.Registration;

/// <summary>A machine in memory: files, a crontab, units and tasks, as the commands leave them.</summary>
internal sealed class FakeMachine : IRegistrationMachine
{
    private readonly HashSet<string> enabled = [];
    private readonly HashSet<string> active = [];

    public Dictionary<string, string> Files { get; } = [];

    public List<string> Changes { get; } = [];

    public string? Crontab { get; set; }

    public string? CrontabFailure { get; set; }

    public string? Task { get; set; }

    public bool TaskRuns { get; set; }

    public string? UnderWay { get; set; }

    public string? Failing { get; set; }

    public HashSet<string> Accounts { get; } = ["hostingops"];

    public static RegistrationSurroundings Linux(bool root = true, bool agent = true, bool systemd = true) => new()
    {
        Platform = OSPlatform.Linux,
        IsAdministrator = root,
        UserName = root ? "root" : "alice",
        HomeFolder = root ? "/root" : "/home/alice",
        ConfigFolder = root ? "/root/.config" : "/home/alice/.config",
        HasSystemd = systemd,
        Find = program => program == "hostingops" && !agent ? null : "/usr/bin/" + program,
        ModuleFolder = "/usr/local/share/powershell/Modules/HostingOps/0.1.0",
    };

    public static RegistrationSurroundings Windows { get; } = new()
    {
        Platform = OSPlatform.Windows,
        IsAdministrator = true,
        UserName = "Administrator",
        HomeFolder = @"C:\Users\Administrator",
        ConfigFolder = @"C:\Users\Administrator\.config",
        HasSystemd = false,
        ProgramData = @"C:\ProgramData",
        Find = static program => program == "hostingops" ? @"C:\Program Files\HostingOps\hostingops.exe" : $@"C:\Program Files\PowerShell\7\{program}.exe",
        ModuleFolder = @"C:\Program Files\PowerShell\Modules\HostingOps\0.1.0",
    };

    public WatchRegistrations On(RegistrationSurroundings surroundings) => new(surroundings, this, SilentReporter.Instance);

    public string? Read(string path) => Files.GetValueOrDefault(path);

    public Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        Changes.Add("write " + path);
        Files[path] = text;
        return System.Threading.Tasks.Task.CompletedTask;
    }

    public void Delete(string path)
    {
        Changes.Add("delete " + path);
        Files.Remove(path);
    }

    public void MakeFolder(string path) => Changes.Add("folder " + path);

    public Task<(int? ExitCode, string Output, string Error)> RunAsync(RunStep command, CancellationToken cancellationToken)
    {
        var words = command.Arguments.Where(static word => word != "--user").ToArray();
        var looks = words is ["systemctl", "show", ..] or ["crontab", "-l"] or ["schtasks", "/Query", ..] or ["id", ..];
        if (!looks)
        {
            Changes.Add(command.Command);
        }

        if (Failing is not null && command.Command.Contains(Failing, StringComparison.Ordinal))
        {
            return Answer(1, error: "It is broken.");
        }

        switch (words)
        {
            case ["id", "-u", var user]:
                return Accounts.Contains(user) ? Answer(0, "999") : Answer(1, error: $"id: '{user}': no such user");
            case ["useradd", .., var user]:
                Accounts.Add(user);
                return Answer(0);
            case ["systemctl", "show", _, var unit] when unit == UnderWay:
                return Answer(0, "UnitFileState=static\nActiveState=activating\n");
            case ["systemctl", "show", _, var unit]:
                return Answer(0, $"UnitFileState={(enabled.Contains(unit) ? "enabled" : "")}\nActiveState={(active.Contains(unit) ? "active" : "inactive")}\n");
            case ["systemctl", "enable", var unit]:
                enabled.Add(unit);
                return Answer(0);
            case ["systemctl", "restart", var unit]:
                active.Add(unit);
                return Answer(0);
            case ["systemctl", "disable", "--now", var unit]:
                Stop(unit);
                enabled.Remove(unit);
                return Answer(0);
            case ["systemctl", "daemon-reload"]:
                return Answer(0);
            case ["crontab", "-l"]:
                return CrontabFailure is not null ? Answer(1, error: CrontabFailure)
                    : Crontab is null ? Answer(1, error: "no crontab for alice") : Answer(0, Crontab);
            case ["crontab", "-"]:
                Crontab = command.Input;
                return Answer(0);
            case ["schtasks", "/Query", ..]:
                return Task is null ? Answer(1) : Answer(0, Task);
            case ["schtasks", "/Create", ..]:
                Task = command.File;
                return Answer(0);
            case ["schtasks", "/Run", ..]:
                TaskRuns = true;
                return Answer(0);
            case ["schtasks", "/End", ..]:
                var ran = TaskRuns;
                TaskRuns = false;
                return ran ? Answer(0) : Answer(1, error: "ERROR: The task is not running.");
            case ["schtasks", "/Delete", ..]:
                Task = null;
                return Answer(0);
            default:
                return Answer(0);
        }
    }

    public void Stop(string unit) => active.Remove(unit);

    private static Task<(int? ExitCode, string Output, string Error)> Answer(int code, string output = "", string error = "") =>
        System.Threading.Tasks.Task.FromResult<(int?, string, string)>((code, output, error));
}
