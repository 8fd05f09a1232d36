using HostingOps.Engine.Failover.Hooks;

namespace HostingOps.Engine.WebServers;

/// <summary>Finds a web server's program on this machine.</summary>
public static class ServerProgram
{
    /// <summary>The program's full path, or null when there is none.</summary>
    /// <param name="name">Its name: <c>nginx</c>, <c>caddy</c>.</param>
    /// <param name="searchPath">Where it is looked for; null for PATH and the folders that servers are kept in.</param>
    public static string? Find(string name, string? searchPath = null)
    {
        // Debian keeps servers in sbin, which an ordinary user's PATH may lack.
        var path = searchPath ?? Environment.GetEnvironmentVariable("PATH") + (OperatingSystem.IsWindows() ? "" : ":/usr/sbin:/usr/local/sbin");
        return ProgramPath.Find(name, path, Environment.CurrentDirectory);
    }
}
