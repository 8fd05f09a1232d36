namespace HostingOps.Sandbox.Apex;

/// <summary>What an instance writes to its console at its first boot, as cloud-init on Debian and Ubuntu does.</summary>
internal static class ConsoleText
{
    /// <summary>The text.</summary>
    /// <param name="hostKeys">The lines of its host keys' public files, or null when it has no sshd.</param>
    public static string Write(IReadOnlyList<string>? hostKeys)
    {
        var keys = hostKeys is null ? "" : $"-----BEGIN SSH HOST KEY KEYS-----\n{string.Join('\n', hostKeys)}\n-----END SSH HOST KEY KEYS-----\n";
        return $"[    0.000000] Linux version 6.12.0-cloud-amd64\n[   14.210000] cloud-init[512]: Cloud-init running 'modules:final'.\n{keys}[   15.020000] cloud-init[512]: Cloud-init finished.\n"
            .ReplaceLineEndings("\r\n");
    }
}
