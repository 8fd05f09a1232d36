using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HostingOps.Engine.Inventory;
using HostingOps.Sandbox;

namespace HostingOps.Bench.Module;

/// <summary>
/// The module in real shells: importing it over a bare shell, its first command against a sandbox, objects through the pump.
/// Each measurement is a shell of its own, and the kinds take turns, so that a busy moment of the machine meets all of them.
/// </summary>
internal static class ModuleCommand
{
    public const string Usage = "  module [--rounds 15] [--path out/HostingOps]   import, first command, pump and memory in fresh shells of pwsh";

    private static readonly string[] Kinds = ["bare", "import", "first"];

    public static async Task<int> RunAsync(string[] args)
    {
        var rounds = int.Parse(Option(args, "--rounds") ?? "15", CultureInfo.InvariantCulture);
        var module = Path.GetFullPath(Option(args, "--path") ?? Path.Combine("out", "HostingOps"));
        var inventory = InventoryLoader.LoadOrThrow(InventoryLocator.Find("samples/hosting.yml", Environment.CurrentDirectory), SilentReporter.Instance);
        await using var sandbox = await SandboxWorld.StartAsync(inventory, new SandboxOptions(), CancellationToken.None);

        var shells = Kinds.ToDictionary(static kind => kind, static _ => new List<Shell>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var kind in Kinds)
            {
                var shell = await RunShellAsync(kind, module, sandbox.InventoryPath);
                if (round > 0)
                {
                    // The first round brings the files into the system's cache.
                    shells[kind].Add(shell);
                }
            }
        }

        var pump = await RunShellAsync("pump", module, sandbox.InventoryPath);
        Report(shells, pump.Answer);
        return 0;
    }

    private static void Report(Dictionary<string, List<Shell>> shells, JsonElement pump)
    {
        var (bare, import, first) = (shells["bare"], shells["import"], shells["first"]);
        Print("whole shell, bare", bare.Select(static shell => shell.Wall), "ms");
        Print("whole shell with Import-Module", import.Select(static shell => shell.Wall), "ms");
        Print("  more than bare, pair by pair", import.Zip(bare, static (with, without) => with.Wall - without.Wall), "ms");
        Print("Import-Module", Values(import, "Import", "Wall"), "ms");
        Print("  of it processor", Values(import, "Import", "Processor"), "ms");
        Print("  allocated", Values(import, "Import", "Allocated").Select(static bytes => bytes / 1024), "KiB");
        Print("working set, bare", bare.Select(static shell => Mebibytes(shell.Answer)), "MiB");
        Print("working set after import", import.Select(static shell => Mebibytes(shell.Answer)), "MiB");
        Print("first command (Get-SiteDnsTarget)", Values(first, "First", "Wall"), "ms");
        Print("  of it processor", Values(first, "First", "Processor"), "ms");
        Print("  allocated", Values(first, "First", "Allocated").Select(static bytes => bytes / 1024), "KiB");
        Print("the same again", Values(first, "Second", "Wall"), "ms");
        Print("objects through the pump", Rates(pump.GetProperty("Pumped")), "/s");
        Print("objects without it", Rates(pump.GetProperty("Plain")), "/s");
    }

    private static IEnumerable<double> Values(List<Shell> shells, string part, string figure) =>
        shells.Select(shell => shell.Answer.GetProperty(part).GetProperty(figure).GetDouble());

    private static double Mebibytes(JsonElement answer) => answer.GetProperty("WorkingSet").GetDouble() / 1048576;

    private static IEnumerable<double> Rates(JsonElement parts) =>
        parts.EnumerateArray().Select(static part => 100_000 / part.GetProperty("Wall").GetDouble() * 1000).ToArray();

    private static void Print(string what, IEnumerable<double> values, string unit)
    {
        var sorted = values.Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what,-36} median {sorted[sorted.Length / 2],9:0} {unit,-4} ({sorted[0]:0} to {sorted[^1]:0})"));
    }

    private static async Task<Shell> RunShellAsync(string what, string module, string inventory)
    {
        var start = new ProcessStartInfo("pwsh") { RedirectStandardOutput = true };
        string[] arguments =
        [
            "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "Module", "Measure-Module.ps1"),
            "-What", what, "-Module", module, "-Inventory", inventory, "-Bench", typeof(ModuleCommand).Assembly.Location,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);

        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var wall = watch.Elapsed.TotalMilliseconds;
        return process.ExitCode == 0
            ? new Shell(wall, JsonDocument.Parse(output).RootElement)
            : throw new InvalidOperationException($"The shell for '{what}' ended with {process.ExitCode}: {output}");
    }

    private static string? Option(string[] args, string name) => args.SkipWhile(arg => arg != name).Skip(1).FirstOrDefault();

    private sealed record Shell(double Wall, JsonElement Answer);
}
