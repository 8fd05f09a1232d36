using System.Globalization;
using HostingOps.Engine;
using HostingOps.Engine.Mirror;

namespace HostingOps.Bench.Mirror;

/// <summary>HostingOps, with as many connections and no limit on its rate, which the others have not either.</summary>
internal sealed class OwnTool(int connections) : IMirrorTool
{
    public string Name => connections == 1 ? "HostingOps, 1 connection" : string.Create(CultureInfo.InvariantCulture, $"HostingOps, {connections} connections");

    public async Task<string> SaveAsync(string folder, int port)
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
            Mirror = new MirrorSettings { Connections = connections, RequestsPerSecond = null },
        };
        var inventory = new HostingInventory { Zone = site.Zone, Hosts = new Dictionary<string, SiteHost> { [host.Name] = host }, Sites = [site] };
        await using var workspace = HostingWorkspace.Open(inventory, new WorkspaceOptions { StatePath = Path.Combine(folder, "state.db") }, SilentReporter.Instance);
        await foreach (var result in workspace.SaveMirrorsAsync([site], new MirrorSaveOptions { Named = true }, CancellationToken.None))
        {
            return result.IsCurrent ? "current" : $"not current: {result.Reason}";
        }

        return "nothing";
    }

    public string Served(string folder)
    {
        var current = Path.Combine(folder, "mirrors", "bench", "current");
        return Path.Combine(Directory.ResolveLinkTarget(current, returnFinalTarget: true)?.FullName ?? current, "content");
    }
}
