using System.Globalization;
using HostingOps.Engine.Inventory;
using HostingOps.Sandbox.Drill;

namespace HostingOps.Bench.Failover;

/// <summary>Runs the drill several times and prints the medians.</summary>
internal static class DrillCommand
{
    public const string Usage = "  drill [--rounds 5]                      the drill on samples/hosting.yml; medians of its parts";

    public static async Task<int> RunAsync(string[] args)
    {
        var rounds = args.SkipWhile(static arg => arg != "--rounds").Skip(1).Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault(5);
        var inventory = InventoryLoader.LoadOrThrow(InventoryLocator.Find("samples/hosting.yml", Environment.CurrentDirectory), SilentReporter.Instance);
        var results = new List<FailoverDrillResult>();
        for (var i = 0; i < rounds; i++)
        {
            results.Add(await FailoverDrill.RunAsync(inventory, new DrillOptions(), null, SilentReporter.Instance, CancellationToken.None));
        }

        Print("detect", static result => result.DetectSeconds);
        Print("decide", static result => result.DecideSeconds);
        Print("switch", static result => result.SwitchSeconds);
        Print("verify", static result => result.VerifySeconds);
        Print("outage", static result => result.OutageSeconds);
        Print("failback", static result => result.FailbackSeconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Count(static result => result.Passed)} of {rounds} drills passed"));
        return results.TrueForAll(static result => result.Passed) ? 0 : 1;

        void Print(string what, Func<FailoverDrillResult, double> seconds)
        {
            var sorted = results.Select(seconds).Order().ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{what,-10} median {sorted[sorted.Length / 2],6:0.00} s   {sorted[0]:0.00} to {sorted[^1]:0.00} s"));
        }
    }
}
