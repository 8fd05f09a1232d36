using System.Globalization;
using HostingOps.Engine.Inventory;
using HostingOps.Sandbox.Drill;

namespace HostingOps.Bench.Apex;

/// <summary>Runs the drill of the redirector several times and prints the medians.</summary>
internal static class ApexDrillCommand
{
    public const string Usage = "  apex-drill [--rounds 5] [--without-nginx] the redirector's drill on samples/hosting.yml; medians of its parts";

    public static async Task<int> RunAsync(string[] args)
    {
        var rounds = args.SkipWhile(static arg => arg != "--rounds").Skip(1).Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault(5);
        var options = new ApexDrillOptions { WithoutNginx = args.Contains("--without-nginx") };
        var inventory = InventoryLoader.LoadOrThrow(InventoryLocator.Find("samples/hosting.yml", Environment.CurrentDirectory), SilentReporter.Instance);
        var results = new List<ApexDrillResult>();
        for (var i = 0; i < rounds; i++)
        {
            results.Add(await ApexDrill.RunAsync(inventory, options, null, SilentReporter.Instance, CancellationToken.None));
        }

        Print("detect", static result => result.DetectSeconds);
        Print("plan", static result => result.PlanSeconds);
        Print("recheck", static result => result.RecheckSeconds);
        Print("launch", static result => result.LaunchSeconds);
        Print("boot", static result => result.BootSeconds);
        Print("test", static result => result.TestSeconds);
        Print("move", static result => result.MoveSeconds);
        Print("verify", static result => result.VerifySeconds);
        Print("recovery", static result => result.Result is { Timeline: [.., var last] } ? last.Elapsed.TotalSeconds : 0);
        Print("outage", static result => result.OutageSeconds);
        foreach (var failed in results.Where(static result => !result.Passed))
        {
            Console.WriteLine($"failed at {failed.FailedStep}: {failed.Reason}");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{results.Count(static result => result.Passed)} of {rounds} drills passed, served by {results[0].Server}"));
        return results.TrueForAll(static result => result.Passed) ? 0 : 1;

        void Print(string what, Func<ApexDrillResult, double> seconds)
        {
            var sorted = results.Select(seconds).Order().ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{what,-10} median {sorted[sorted.Length / 2],6:0.00} s   {sorted[0]:0.00} to {sorted[^1]:0.00} s"));
        }
    }
}
