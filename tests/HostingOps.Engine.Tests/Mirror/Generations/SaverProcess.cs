using System.Diagnostics;
using System.Globalization;
using HostingOps.Engine.Mirror.Generations;

namespace HostingOps.Engine.Tests.Mirror.Generations;

/// <summary>A real second process that saves one mirror after the other: this assembly again, taken over by its start-up hook before its own entry point.</summary>
internal static class SaverProcess
{
    /// <summary>Pages of each generation.</summary>
    public const int Pages = 60;

    private const string Variable = "HOSTINGOPS_TEST_SAVER";

    private const string RoundsVariable = "HOSTINGOPS_TEST_SAVER_ROUNDS";

    /// <param name="mirrors">The folder of all mirrors.</param>
    /// <param name="rounds">Mirrors to save, or null for as many as it lives.</param>
    /// <param name="under">A program that starts it, with its arguments.</param>
    public static Process Start(string mirrors, int? rounds = null, params string[] under)
    {
        var assembly = typeof(SaverProcess).Assembly.Location;
        string[] command = [.. under, Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", assembly];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        start.Environment[Variable] = mirrors;
        start.Environment[RoundsVariable] = rounds?.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    public static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } mirrors)
        {
            RunAsync(mirrors, int.TryParse(Environment.GetEnvironmentVariable(RoundsVariable), CultureInfo.InvariantCulture, out var rounds) ? rounds : int.MaxValue).GetAwaiter().GetResult();
            Environment.Exit(0);
        }
    }

    /// <summary>A run as a crawler makes it: every third page has changed, the others are kept.</summary>
    public static async Task SaveAsync(MirrorStore store)
    {
        await using var run = await store.BeginAsync(new MirrorSettings { Keep = 1 });
        await Parallel.ForAsync(0, Pages, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (page, cancellationToken) =>
        {
            var url = string.Create(CultureInfo.InvariantCulture, $"/{page % 5}/page?n={page}");
            if (run.Resumed(url) is not null)
            {
                return;
            }

            _ = page % 3 != 0 && run.Previous(url) is { } previous
                ? await run.KeepAsync(previous, cancellationToken)
                : await run.PageAsync(url, string.Create(CultureInfo.InvariantCulture, $"{run.Id} {page} {new string('x', 5000)}"));
        });
        var completion = await run.CompleteAsync();
        if (!completion.IsCurrent)
        {
            throw new InvalidOperationException(completion.Reason);
        }
    }

    private static async Task RunAsync(string mirrors, int rounds)
    {
        var store = new MirrorStore(mirrors, TimeProvider.System);
        for (var round = 0; round < rounds; round++)
        {
            Console.Out.WriteLine("begins");
            await SaveAsync(store);
        }
    }
}
