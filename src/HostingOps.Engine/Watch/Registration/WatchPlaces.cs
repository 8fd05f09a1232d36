using System.Runtime.InteropServices;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>Every place that a watch of one name and scope can have on this machine.</summary>
internal sealed record WatchPlaces(string TaskName, SiteWatchScope Scope, RegistrationSurroundings Machine)
{
    public const string Marker = "# Written by Register-SiteWatch of HostingOps.";

    public bool IsWindows => Machine.Platform == OSPlatform.Windows;

    public bool IsLinux => Machine.Platform == OSPlatform.Linux;

    public string Service => TaskName + ".service";

    public string Timer => TaskName + ".timer";

    public string UnitFolder => Scope == SiteWatchScope.System ? "/etc/systemd/system" : Machine.ConfigFolder + "/systemd/user";

    public string ServiceFile => $"{UnitFolder}/{Service}";

    public string TimerFile => $"{UnitFolder}/{Timer}";

    /// <summary>The file of cron, whose names have no dot: run-parts rules.</summary>
    public string CronFile => $"/etc/cron.d/{TaskName}";

    /// <summary>The name in the Task Scheduler.</summary>
    public string Task => $@"\HostingOps\{TaskName}";

    /// <summary>The files that could be there.</summary>
    public IReadOnlyList<string> Files => !IsLinux ? [] : Scope == SiteWatchScope.System ? [ServiceFile, TimerFile, CronFile] : [ServiceFile, TimerFile];

    /// <summary>Whether the account's crontab could have it.</summary>
    public bool MayBeInCrontab => !IsWindows && Scope == SiteWatchScope.User;

    /// <summary>systemctl for this scope.</summary>
    public IReadOnlyList<string> Systemctl(params string[] arguments) =>
        Scope == SiteWatchScope.System ? ["systemctl", .. arguments] : ["systemctl", "--user", .. arguments];
}
