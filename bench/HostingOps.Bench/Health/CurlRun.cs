using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace HostingOps.Bench.Health;

/// <summary>curl's own parallel mode over the same sites: HEAD, a connection per site, names and certificates checked.</summary>
internal static class CurlRun
{
    /// <summary>Writes the list of requests, once per scheme.</summary>
    public static string WriteConfiguration(SiteFarm farm, IReadOnlyList<HostedSite> sites, string scheme)
    {
        var port = scheme == "https" ? farm.HttpsPort : farm.HttpPort;
        var text = new StringBuilder();
        text.AppendLine(string.Create(CultureInfo.InvariantCulture, $$"""
            head
            silent
            cacert = "{{farm.RootFile}}"
            connect-to = "::127.0.0.1:{{port}}"
            max-time = 30
            write-out = "%{http_code}\n"
            """));
        foreach (var site in sites)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"url = \"{scheme}://{site.HostName}/\"");
            text.AppendLine("output = \"/dev/null\"");
        }

        var path = Path.Combine(farm.Folder, $"curl-{scheme}.conf");
        File.WriteAllText(path, text.ToString());
        return path;
    }

    /// <summary>Runs curl and gives the time and how many answered 200.</summary>
    public static async Task<(TimeSpan Time, int Answered)> RunAsync(string curl, string configuration, int parallel)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(
            curl,
            ["--disable", "--parallel", "--parallel-immediate", "--parallel-max", parallel.ToString(CultureInfo.InvariantCulture), "--config", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await errors;
        await process.WaitForExitAsync();
        var time = Stopwatch.GetElapsedTime(started);
        return (time, output.Split('\n').Count(line => line == "200"));
    }
}
