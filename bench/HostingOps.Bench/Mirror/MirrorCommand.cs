using System.Diagnostics;
using System.Globalization;

namespace HostingOps.Bench.Mirror;

/// <summary>
/// wget, httrack and ours save the same site, one after the other: a first run, a second with nothing changed, and a third of a new
/// edition whose origin answers 500 from the midst on.
/// </summary>
internal static class MirrorCommand
{
    public const string Usage = "  mirror [--pages 2000] [--pictures 0] [--latency 20] [--connections 8] [--rounds 3] [--seed 7] [--only wget,httrack,ours,others]   against wget --mirror and httrack on the same site";

    public static async Task<int> RunAsync(string[] args)
    {
        var pages = Number(args, "--pages", 2000);
        var pictures = Number(args, "--pictures", 0);
        var rounds = Number(args, "--rounds", 3);
        var latency = Number(args, "--latency", 20);
        var connections = Number(args, "--connections", 8);
        var seed = Number(args, "--seed", 7);
        var site = new BenchSite(pages, pictures, seed);
        using var process = await SiteProcess.StartAsync(pages, pictures, seed, latency);
        Print($"{site.Pages.Count} pages, {site.Assets.Count} assets, {latency} ms before each answer, {Environment.ProcessorCount} cores, load {Load()}");
        Print($"| tool | run | time | requests | of them 304 | pages missed | assets missed | memory | load | it says | remarks |");
        Print($"|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (tool, isWhole) in Tools(Value(args, "--only"), connections, rounds))
        {
            var folder = Directory.CreateTempSubdirectory("hostingops-bench-mirror-");
            try
            {
                await RunAsync(tool, isWhole, folder.FullName, process, site);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        Print($"load at the end {Load()}");
        return 0;
    }

    private static async Task RunAsync(IMirrorTool tool, bool isWhole, string folder, SiteProcess process, BenchSite site)
    {
        await RunAsync(tool, "first", folder, process, site, 1, 0);
        await RunAsync(tool, "again, nothing changed", folder, process, site, 1, 0);
        if (!isWhole)
        {
            return;
        }

        var before = SavedCopy.State(tool.Served(folder));
        var served = await RunAsync(tool, "new edition, 500 midway", folder, process, site, 2, site.Pages.Count / 2);
        var after = SavedCopy.State(served);
        var lost = before.Keys.Count(path => !after.ContainsKey(path));
        var changed = before.Count(pair => after.TryGetValue(pair.Key, out var now) && now != pair.Value);
        Print($"{tool.Name}: of {before.Count} files of the old copy {changed} changed, {lost} gone; {SavedCopy.NewPages(served)} pages of the new edition among them");
    }

    private static async Task<string> RunAsync(IMirrorTool tool, string run, string folder, SiteProcess process, BenchSite site, int edition, int failAfter)
    {
        await process.BeginAsync(edition, failAfter);
        var load = Load();
        var clock = Stopwatch.StartNew();
        var (says, peak) = await tool.SaveAsync(folder, process.Port);
        var time = clock.Elapsed;
        var (requests, unchanged, failed) = await process.CountAsync();
        var served = tool.Served(folder);
        var (pages, assets) = SavedCopy.Missed(served, site);
        Print($"| {tool.Name} | {run} | {time.TotalSeconds:0.0} s | {requests} | {unchanged} | {pages} | {assets} | {peak} MiB | {load} | {says} | {(failed > 0 ? $"{failed} answers were 500" : "")} |");
        return served;
    }

    private static IEnumerable<(IMirrorTool Tool, bool IsWhole)> Tools(string? only, int connections, int rounds)
    {
        var names = (only ?? "wget,httrack,ours,others").Split(',');
        if (names.Contains("wget") && Find("wget") is { } wget)
        {
            yield return (CommandTool.Wget(wget), true);
        }

        if (names.Contains("httrack") && Find("httrack") is { } httrack)
        {
            yield return (CommandTool.Httrack(httrack, connections), true);
        }

        for (var round = 0; names.Contains("ours") && round < rounds; round++)
        {
            yield return (new OwnTool(connections), round == 0);
        }

        // One connection as wget has, as many as a site has that says nothing of it, and twice as many.
        foreach (var other in names.Contains("others") ? (int[])[1, MirrorSettings.Default.Connections, 2 * connections] : [])
        {
            yield return (new OwnTool(other), false);
        }
    }

    private static string Load() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static int Number(string[] args, string name, int otherwise) => Value(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Value(string[] args, string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
