using System.Text.Json;

namespace HostingOps.Sandbox.Apex;

/// <summary>Takes the nginx configuration out of user data, as cloud-init would write it to the instance.</summary>
internal static class NginxUserData
{
    private const string Mark = "map $host $hostingops_apex_target";
    private const string CloudConfig = "#cloud-config";

    /// <summary>The configuration of the bare domains, or null when the user data has none.</summary>
    public static string? Configuration(ReadOnlyMemory<byte> userData) => UserDataText.Parts(userData)
        .SelectMany(static part => part.StartsWith(CloudConfig, StringComparison.Ordinal) ? WrittenFiles(part[CloudConfig.Length..]) : [part])
        .FirstOrDefault(static file => file.Contains(Mark, StringComparison.Ordinal));

    // The flow form of YAML that HostingOps writes is JSON too.
    private static List<string> WrittenFiles(string flow)
    {
        try
        {
            using var document = JsonDocument.Parse(flow);
            return document.RootElement.TryGetProperty("write_files", out var files)
                ? files.EnumerateArray().Select(static file => file.GetProperty("content").GetString()!).ToList()
                : [];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }
    }
}
