using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace HostingOps.Engine.State;

/// <summary>
/// Names one process so that others can tell whether it still lives. A process id alone is not enough: ids are used again,
/// and mean nothing on another machine or in another container.
/// </summary>
/// <param name="Space">Where process ids mean the same: machine, boot and, on Linux, PID namespace.</param>
/// <param name="Id">The process id.</param>
/// <param name="Birth">When the process began, in the system's own unit. Only compared, never read.</param>
internal sealed record ProcessMark(string Space, int Id, string Birth)
{
    private const string Hidden = "hidden";

    private static readonly string CurrentSpace = OperatingSystem.IsLinux() ? SpaceOf("/proc") : Environment.MachineName;

    /// <summary>This process.</summary>
    public static ProcessMark Current() => Of(Environment.ProcessId);

    /// <summary>A process that lives here now.</summary>
    public static ProcessMark Of(int processId) => new(CurrentSpace, processId, FindBirth(processId) ?? "");

    /// <summary>
    /// Whether the process is certainly gone: its ids can be compared here, and no process of that id and birth lives.
    /// False also when it can't be told.
    /// </summary>
    public bool IsGone()
    {
        if (Space != CurrentSpace || Space.Length == 0)
        {
            return false;
        }

        var birth = FindBirth(Id);
        return birth is null || (birth != Hidden && birth != Birth);
    }

    /// <summary>Where process ids mean the same, by what Linux tells in a folder; empty when nobody's life can be judged from here.</summary>
    internal static string SpaceOf(string processFolder)
    {
        try
        {
            // Process 1 always lives. Where it can't be seen (hidepid), other accounts' processes look as if they were gone.
            _ = File.ReadAllText(processFolder + "/1/stat");
            var boot = File.ReadAllText(processFolder + "/sys/kernel/random/boot_id").Trim();
            var namespaceId = File.ResolveLinkTarget(processFolder + "/self/ns/pid", returnFinalTarget: false)?.Name;
            return $"{Environment.MachineName}/{boot}/{namespaceId}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Leases then only run out.
            return "";
        }
    }

    private static string? FindBirth(int processId)
    {
        if (OperatingSystem.IsLinux())
        {
            return FindBirthOnLinux(processId);
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // No process of that id, or it ended in between.
            return null;
        }
        catch (Win32Exception)
        {
            // It lives, but belongs to somebody who does not let us look.
            return Hidden;
        }
    }

    // Process.StartTime is reckoned from the wall clock here and differs between two readers; the kernel's count of
    // ticks since boot (field 22 of proc_pid_stat(5)) does not.
    private static string? FindBirthOnLinux(int processId)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));

            // The second field is the program's name in parentheses and may hold spaces and parentheses itself.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (IOException)
        {
            // No process of that id, or it ended while being read (ESRCH).
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            // It lives, but /proc is mounted so that we may not look.
            return Hidden;
        }
    }
}
