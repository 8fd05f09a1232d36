using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using HostingOps.Engine.Inventory;

namespace HostingOps.Bench.Failover;

/// <summary><c>hostingops watch</c> as a service runs it: a process of its own.</summary>
internal static class AgentWatch
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Watches until it is cancelled.</summary>
    /// <param name="inventory">What is watched.</param>
    /// <param name="folder">For the inventory file and the state database.</param>
    /// <param name="changed">Is told each change of a verdict.</param>
    /// <param name="cancellationToken">Ends it by SIGTERM.</param>
    public static async Task RunAsync(HostingInventory inventory, string folder, Action<SiteWatchChange> changed, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "watched.yml");
        await File.WriteAllTextAsync(file, InventoryWriter.Write(inventory), cancellationToken);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "hostingops.dll"), "watch", "--json", "--no-metrics", "--inventory", file },
            RedirectStandardOutput = true,
        };
        start.Environment["HOSTINGOPS_STATE"] = Path.Combine(folder, "watch.db");
        using var process = Process.Start(start)!;
        await using var stop = cancellationToken.Register(() => Process.Start("kill", ["-TERM", process.Id.ToString()])!.Dispose());
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            changed(JsonSerializer.Deserialize<SiteWatchChange>(line, Json)!);
        }

        await process.WaitForExitAsync(CancellationToken.None);
        if (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The watch ended by itself, with exit code {process.ExitCode}.");
        }
    }
}
