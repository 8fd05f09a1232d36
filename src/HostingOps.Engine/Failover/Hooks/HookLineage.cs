using System.Diagnostics;

namespace HostingOps.Engine.Failover.Hooks;

/// <summary>
/// Recognises the descendants of one hook run, also those whose parent has gone and that no process tree shows any more, by a
/// variable that they inherit. On Linux only, where a process's environment can be read.
/// </summary>
internal sealed class HookLineage
{
    private const string Variable = "HOSTINGOPS_HOOK_RUN";

    private readonly string run = Guid.NewGuid().ToString("N");

    /// <summary>Sets the variable.</summary>
    public void Mark(IDictionary<string, string?> environment) => environment[Variable] = run;

    /// <summary>Kills every process that has inherited the variable.</summary>
    public void KillStragglers()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var needle = System.Text.Encoding.ASCII.GetBytes($"{Variable}={run}");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var processId) && Inherited(folder, needle))
            {
                Kill(processId);
            }
        }
    }

    private static bool Inherited(string folder, byte[] needle)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(needle) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended, or belongs to another user and can't be one that we may kill.
            return false;
        }
    }

    private static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended in between, or changed its user.
        }
    }
}
