using System.Diagnostics;
using System.Globalization;

namespace HostingOps.Bench.Mirror;

/// <summary>wget and httrack, as their users run them.</summary>
internal sealed class CommandTool(string name, string program, Func<string, string, string[]> arguments) : IMirrorTool
{
    public string Name => name;

    /// <summary>One connection is all that wget has.</summary>
    public static CommandTool Wget(string program) => new(
        "wget, 1 connection",
        program,
        static (folder, url) => ["--mirror", "--page-requisites", "--convert-links", "--adjust-extension", "--no-verbose", "--directory-prefix", folder, url]);

    /// <summary>httrack without the limits on speed that it sets itself: the connections are its politeness here, as they are ours.</summary>
    public static CommandTool Httrack(string program, int connections) => new(
        string.Create(CultureInfo.InvariantCulture, $"httrack, {connections} connections"),
        program,
        (folder, url) => [url, "-O", folder, string.Create(CultureInfo.InvariantCulture, $"-c{connections}"), "--disable-security-limits", "-A0", "-%c0", "-q", "-%v0", "-I0", .. Directory.Exists(Path.Combine(folder, "hts-cache")) ? ["--update"] : Array.Empty<string>()]);

    public async Task<string> SaveAsync(string folder, int port)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments(folder, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
        return string.Create(CultureInfo.InvariantCulture, $"exit {process.ExitCode}");
    }

    public string Served(string folder) => folder;
}
