using System.Globalization;
using HostingOps.Engine;
using HostingOps.Engine.Mirror;

namespace HostingOps.Bench.Mirror;

/// <summary>HostingOps, with as many connections and no limit on its rate, which the others have not either.</summary>
internal sealed class OwnTool(int connections) : IMirrorTool
{
    public string Name => connections == 1 ? "HostingOps, 1 connection" : string.Create(CultureInfo.InvariantCulture, $"HostingOps, {connections} connections");

    /// <summary>In a process of its own, as the others: its start, and the compiling of its code, are part of the time.</summary>
    public async Task<(string Says, long PeakMiB)> SaveAsync(string folder, int port)
    {
        string[] arguments = ["mirror-save", folder, port.ToString(CultureInfo.InvariantCulture), connections.ToString(CultureInfo.InvariantCulture)];
        var program = Environment.ProcessPath!;
        var (code, line, peak) = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? await ToolProcess.RunAsync(program, [typeof(OwnTool).Assembly.Location, .. arguments])
            : await ToolProcess.RunAsync(program, arguments);
        return (code == 0 ? line : string.Create(CultureInfo.InvariantCulture, $"exit {code}"), peak);
    }

    /// <summary>The child's side: the folder, the port, the connections.</summary>
    public static async Task<int> SaveHereAsync(IReadOnlyList<string> arguments)
    {
        Console.WriteLine(await SaveHereAsync(arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture)));
        return 0;
    }

    public string Served(string folder)
    {
        var current = Path.Combine(folder, "mirrors", "bench", "current");
        return Path.Combine(Directory.ResolveLinkTarget(current, returnFinalTarget: true)?.FullName ?? current, "content");
    }

    private static async Task<string> SaveHereAsync(string folder, int port, int connections)
    {
        var host = new SiteHost
        {
            Name = "bench",
            Provider = "loopback",
            Address = "127.0.0.1",
            ConnectTo = new Dictionary<int, string> { [80] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}") },
        };
        var site = new HostedSite
        {
            Name = "bench",
            Domain = "bench.example",
            Record = "bench.sites.example.net",
            Zone = "sites.example.net",
            Primary = host,
            Secondary = host,
            Check = new HealthCheckPolicy { Scheme = "http" },
            Mirror = new MirrorSettings { Connections = connections, RequestsPerSecond = null, MaxPages = 200_000 },
        };
        var inventory = new HostingInventory { Zone = site.Zone, Hosts = new Dictionary<string, SiteHost> { [host.Name] = host }, Sites = [site] };
        await using var workspace = HostingWorkspace.Open(inventory, new WorkspaceOptions { StatePath = Path.Combine(folder, "state.db") }, SilentReporter.Instance);
        await foreach (var result in workspace.SaveMirrorsAsync([site], new MirrorSaveOptions { Named = true }, CancellationToken.None))
        {
            return result.IsCurrent ? "current" : $"not current: {result.Reason}";
        }

        return "nothing";
    }
}
