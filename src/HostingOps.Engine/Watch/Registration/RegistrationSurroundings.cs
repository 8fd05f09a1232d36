using System.Runtime.InteropServices;
using System.Security.Principal;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>What a plan has to know of the machine and of who asks.</summary>
internal sealed record RegistrationSurroundings
{
    /// <summary>Windows, Linux or macOS.</summary>
    public required OSPlatform Platform { get; init; }

    /// <summary>Whether an administrator asks.</summary>
    public required bool IsAdministrator { get; init; }

    /// <summary>The account that asks.</summary>
    public required string UserName { get; init; }

    /// <summary>Its home.</summary>
    public required string HomeFolder { get; init; }

    /// <summary>Its folder of settings: $XDG_CONFIG_HOME, else ~/.config.</summary>
    public required string ConfigFolder { get; init; }

    /// <summary>Whether systemd runs this machine.</summary>
    public required bool HasSystemd { get; init; }

    /// <summary>%ProgramData%, or empty.</summary>
    public string ProgramData { get; init; } = "";

    /// <summary>The full path of a program on PATH, or null.</summary>
    public required Func<string, string?> Find { get; init; }

    /// <summary>The folder of this module, for where there is no agent; null when it is not known.</summary>
    public string? ModuleFolder { get; init; }

    /// <summary>Whether a folder is there.</summary>
    public Func<string, bool> FolderExists { get; init; } = static _ => false;

    /// <summary>The state database that this account's commands use, or null when that can't be told.</summary>
    public Func<string?> OwnState { get; init; } = static () => null;

    /// <summary>The SID of an account of Windows, or null.</summary>
    public Func<string, string?> SidOf { get; init; } = static _ => null;

    /// <summary>The file's or folder's Unix mode, or null when it can't be told.</summary>
    public Func<string, UnixFileMode?> ModeOf { get; init; } = static _ => null;

    /// <summary>This machine, and this process's account.</summary>
    public static RegistrationSurroundings OfThisMachine(string? moduleFolder)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        return new RegistrationSurroundings
        {
            Platform = OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux,
            IsAdministrator = OperatingSystem.IsWindows()
                ? new WindowsPrincipal(WindowsIdentity.GetCurrent()).IsInRole(WindowsBuiltInRole.Administrator)
                : Environment.IsPrivilegedProcess,
            UserName = Environment.UserName,
            HomeFolder = home,
            ConfigFolder = Path.IsPathRooted(config) ? config : Path.Combine(home, ".config"),

            // sd_booted(3) looks for the same folder.
            HasSystemd = Directory.Exists("/run/systemd/system"),
            ProgramData = Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData),
            Find = FindOnPath,
            ModuleFolder = moduleFolder,
            ModeOf = static path => OperatingSystem.IsWindows() || !Path.Exists(path) ? null : File.GetUnixFileMode(path),
            FolderExists = Directory.Exists,
            OwnState = static () => StateLocation.Resolve(null),
            SidOf = SidOfAccount,
        };
    }

    private static string? SidOfAccount(string name)
    {
        try
        {
            return OperatingSystem.IsWindows() ? new NTAccount(name).Translate(typeof(SecurityIdentifier)).Value : null;
        }
        catch (IdentityNotMappedException)
        {
            return null;
        }
    }

    internal static string? FindOnPath(string program)
    {
        var file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
