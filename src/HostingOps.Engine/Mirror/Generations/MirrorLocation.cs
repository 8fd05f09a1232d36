using HostingOps.Engine.State;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>Where this machine keeps its mirrors.</summary>
internal static class MirrorLocation
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "HOSTINGOPS_MIRRORS";

    /// <summary>The folder's full path: <paramref name="path"/>, then <c>$HOSTINGOPS_MIRRORS</c>, then <c>mirrors</c> beside the state database.</summary>
    /// <exception cref="HostingException">StateUnavailable when the account has no home folder to put it in.</exception>
    public static string Resolve(string? path, string? statePath) => Resolve(path, Environment.GetEnvironmentVariable(Variable), statePath);

    /// <summary>The same from given surroundings.</summary>
    public static string Resolve(string? path, string? variable, string? statePath)
    {
        var named = string.IsNullOrWhiteSpace(path) ? variable : path;
        return string.IsNullOrWhiteSpace(named)
            ? Path.Combine(Path.GetDirectoryName(StateLocation.Resolve(statePath))!, "mirrors")
            : Path.GetFullPath(named);
    }
}
