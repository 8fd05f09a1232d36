using System.Text.Json;
using HostingOps.Engine.Apex.Redirects;

namespace HostingOps.Sandbox.Apex;

/// <summary>Takes the nginx configuration out of user data, as cloud-init would write it to the instance.</summary>
internal static class NginxUserData
{
    private const string Mark = "map $host $hostingops_apex_target";
    private const string Waiting = "location = " + NginxWaitingConfig.HealthPath;
    private const string CloudConfig = "#cloud-config";
    private const string UsualFile = "hostingops-apex.conf";

    /// <summary>The configuration of the bare domains, or the one that waits for it, with the name of its file; null when the user data has none.</summary>
    public static (string File, string Text)? Configuration(ReadOnlyMemory<byte> userData) => UserDataText.Parts(userData)
        .SelectMany(static part => part.StartsWith(CloudConfig, StringComparison.Ordinal) ? WrittenFiles(part[CloudConfig.Length..]) : [(UsualFile, part)])
        .Where(static file => file.Text.Contains(Mark, StringComparison.Ordinal) || file.Text.Contains(Waiting, StringComparison.Ordinal))
        .Select(static file => ((string, string)?)file)
        .FirstOrDefault();

    // The flow form of YAML that HostingOps writes is JSON too.
    private static List<(string File, string Text)> WrittenFiles(string flow)
    {
        try
        {
            using var document = JsonDocument.Parse(flow);
            return document.RootElement.TryGetProperty("write_files", out var files)
                ? files.EnumerateArray().Select(static file => (Name(file.GetProperty("path").GetString()!), file.GetProperty("content").GetString()!)).ToList()
                : [];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
