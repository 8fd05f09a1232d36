using System.Diagnostics;
using System.Globalization;
using HostingOps.Engine;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Dns.Sync;
using HostingOps.Sandbox;
using HostingOps.Sandbox.Api;

namespace HostingOps.Bench.Dns;

/// <summary>
/// Creates the records of a large inventory, looks a second time, and adds one more site: by a sync, by the aws CLI and by Ansible's
/// route53 module, against one kind of sandbox in one run. Counts the API calls.
/// </summary>
internal static class SyncCommand
{
    public const string Usage = "  sync [--sites 5000] [--peers 20]   new records of a whole inventory, against the aws CLI and Ansible (those by the record: --peers of them); API calls counted";

    public static async Task<int> RunAsync(string[] args)
    {
        var sites = Number(args, "--sites", 5_000);
        var peers = Number(args, "--peers", 20);
        var folder = Directory.CreateTempSubdirectory("hostingops-bench-");
        try
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-52}{"records",8}{"time",11}{"calls",8}  of which"));
            await using (var sandbox = await StartAsync())
            {
                await SyncAsync(sandbox, sites, folder.FullName);
                if (SyncPeers.Ansible is not null)
                {
                    await MeasureAsync(sandbox, $"Ansible, again, in the zone of {sites} sites", peers, () => SyncPeers.AnsibleAsync(sandbox, folder.FullName, Names(peers)));
                    await MeasureAsync(sandbox, $"Ansible, one more site in it", 1, () => SyncPeers.AnsibleAsync(sandbox, folder.FullName, ["one-more"]));
                }
            }

            await using (var sandbox = await StartAsync())
            {
                await MeasureAsync(sandbox, "aws CLI, batches of 500 sites", sites, () => SyncPeers.AwsBatchesAsync(sandbox, folder.FullName, Names(sites)));
                await MeasureAsync(sandbox, "aws CLI, a call for each site", peers, () => SyncPeers.AwsEachAsync(sandbox, folder.FullName, Names(peers, "each")));
            }

            if (SyncPeers.Ansible is null)
            {
                Console.WriteLine("Ansible is not there: apt-get install ansible python3-boto3");
                return 0;
            }

            await using var empty = await StartAsync();
            await MeasureAsync(empty, "Ansible, in an empty zone", peers, () => SyncPeers.AnsibleAsync(empty, folder.FullName, Names(peers)));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task SyncAsync(RehearsalSandbox sandbox, int sites, string folder)
    {
        var inventory = Inventory(sandbox, Names(sites));
        var unproven = new ZoneChangeOptions { Verify = false };
        await MeasureAsync(sandbox, "sync, no waiting for INSYNC and proof", sites, () => SyncOnceAsync(inventory, folder, new SyncOptions(), unproven));
        await MeasureAsync(sandbox, "sync, again", sites, () => SyncOnceAsync(inventory, folder, new SyncOptions(), unproven));
        await MeasureAsync(
            sandbox, "sync, one more site by name, proven", 1, () => SyncOnceAsync(Inventory(sandbox, [.. Names(sites), "more"]), folder, new SyncOptions { Sites = ["more"] }, new ZoneChangeOptions()));
        await using var proven = await StartAsync();
        await MeasureAsync(proven, "sync, INSYNC and proof included", sites, () => SyncOnceAsync(Inventory(proven, Names(sites)), folder, new SyncOptions(), new ZoneChangeOptions()));
    }

    private static async Task SyncOnceAsync(HostingInventory inventory, string folder, SyncOptions options, ZoneChangeOptions apply)
    {
        await using var workspace = HostingWorkspace.Open(
            inventory, new WorkspaceOptions { StatePath = Path.Combine(folder, $"{Guid.NewGuid():n}.db") }, SilentReporter.Instance);
        var plan = await workspace.PlanSyncAsync(options, CancellationToken.None);
        await foreach (var result in workspace.ZoneChanges.ApplyAsync(plan, apply, CancellationToken.None))
        {
            if (result.Outcome != DnsRecordChangeOutcome.Applied)
            {
                throw new InvalidOperationException(result.ToString());
            }
        }
    }

    private static async Task MeasureAsync(RehearsalSandbox sandbox, string what, int records, Func<Task> work)
    {
        var before = sandbox.ApiCalls.ToDictionary();
        var watch = Stopwatch.StartNew();
        await work();
        var time = watch.Elapsed;
        var calls = sandbox.ApiCalls.Select(after => (after.Key, Count: after.Value - before.GetValueOrDefault(after.Key))).Where(static call => call.Count > 0).ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-52}{records,8}{time.TotalSeconds,9:0.00} s{calls.Sum(static call => call.Count),8}  {string.Join(", ", calls.OrderByDescending(static call => call.Count).Select(static call => $"{call.Count} {call.Key}"))}"));
    }

    // 5,000 sites with their ownership are more than AWS's 10,000 record sets of a zone, a quota that it raises on request.
    // Without throttling: the peers would be slowed by their own number of calls, and what is compared is that number.
    private static async Task<RehearsalSandbox> StartAsync() => (RehearsalSandbox)await SandboxWorld.StartAsync(
        new HostingInventory { Zone = SyncPeers.Zone, Hosts = SyncPeers.Hosts.ToDictionary(static host => host.Name), Sites = [Site("first", SyncPeers.Hosts)] },
        new SandboxOptions { Throttling = new SandboxThrottling { Enabled = false }, ZoneQuota = 1_000_000 },
        CancellationToken.None);

    private static HostingInventory Inventory(RehearsalSandbox sandbox, IReadOnlyList<string> names)
    {
        SiteHost[] hosts = [.. SyncPeers.Hosts.Select(host => sandbox.Inventory.Hosts[host.Name])];
        return sandbox.Inventory with { Owner = "bench", Sites = [.. names.Select(name => Site(name, hosts))] };
    }

    private static HostedSite Site(string name, IReadOnlyList<SiteHost> hosts) => new()
    {
        Name = name,
        Domain = name + ".example",
        Record = $"{name}.{SyncPeers.Zone}",
        Zone = SyncPeers.Zone,
        Primary = hosts[0],
        Secondary = hosts[1],
    };

    private static string[] Names(int count, string prefix = "site") =>
        [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}"))];

    private static int Number(string[] args, string option, int otherwise) =>
        args.SkipWhile(arg => arg != option).Skip(1).Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault(otherwise);
}
