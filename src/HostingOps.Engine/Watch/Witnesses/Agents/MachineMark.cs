using System.Security.Cryptography;
using System.Text;

namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>
/// Tells one machine from another, so that two addresses of one machine, or two agents on it, are not taken for two voices. On
/// Linux it is made of the kernel's boot id, which containers share with their host; elsewhere of the machine's name.
/// </summary>
internal static class MachineMark
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>This machine's mark: a hash, so that it tells nothing else.</summary>
    public static string OfThisMachine() => Of(Boot() ?? Environment.MachineName.ToUpperInvariant());

    /// <summary>The mark of a machine with this identity.</summary>
    public static string Of(string identity) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("hostingops-machine\n" + identity))).ToLowerInvariant();

    private static string? Boot()
    {
        try
        {
            return OperatingSystem.IsLinux() && File.ReadAllText(BootId).Trim() is { Length: > 0 } id ? id : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
