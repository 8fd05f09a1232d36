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

    public async Task<(string Says, long PeakMiB)> SaveAsync(string folder, int port)
    {
        var (code, _, peak) = await ToolProcess.RunAsync(program, arguments(folder, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")));
        return (string.Create(CultureInfo.InvariantCulture, $"exit {code}"), peak);
    }

    public string Served(string folder) => folder;
}
