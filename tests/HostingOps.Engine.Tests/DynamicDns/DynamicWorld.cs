using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Aws;
using HostingOps.Engine.DynamicDns;
using HostingOps.Engine.State;
using HostingOps.Engine.Tests.Failover;
using HostingOps.Engine.Tests.Health;

namespace HostingOps.Engine.Tests.DynamicDns;

/// <summary>A sandbox, three services that say whatever a test wants, and machines that follow them with the record <c>office</c>.</summary>
internal sealed class DynamicWorld : IAsyncDisposable
{
    public const string Office = "office.sites.example.net";

    private readonly LoopbackServer[] services;
    private readonly AwsConnection aws;

    private DynamicWorld(FailoverWorld failover)
    {
        Failover = failover;
        services = [.. Enumerable.Range(0, 3).Select(i => LoopbackServer.Answering(_ => LoopbackServer.Ok(Says[i])))];
        aws = new AwsConnection(failover.Sandbox.Inventory.Aws);
    }

    public FailoverWorld Failover { get; }

    /// <summary>What each service answers.</summary>
    public string[] Says { get; } = ["5.9.1.1", "5.9.1.1", "5.9.1.1"];

    public ShiftedClock Clock { get; } = new();

    public IReadOnlyList<string> Sources => [.. services.Select(static service => $"http://127.0.0.1:{service.Port}/")];

    /// <summary>Writes and tries to write so far.</summary>
    public int Writes => Failover.Sandbox.ApiCalls.GetValueOrDefault("ChangeResourceRecordSets");

    /// <summary>Settles at once, and has no floor.</summary>
    public DynamicDnsRecord Quick => new()
    {
        Record = Office,
        Sources = Sources,
        SettleCount = 1,
        SettleTime = TimeSpan.Zero,
        Floor = TimeSpan.Zero,
        Timeout = TimeSpan.FromSeconds(20),
    };

    public static async Task<DynamicWorld> StartAsync(Func<HostingInventory, HostingInventory>? shape = null, int sites = 1) =>
        new(await FailoverWorld.StartAsync(sites, shape));

    public void AllSay(string address) => Array.Fill(Says, address);

    public HostingWorkspace Machine(
        DynamicDnsRecord? record = null, string name = "here", Func<HostingInventory, HostingInventory>? shape = null, TimeProvider? time = null) =>
        Failover.Machine(name, time ?? Clock, shape: inventory =>
        {
            var own = inventory with { DynamicDns = [record ?? Quick] };
            return shape?.Invoke(own) ?? own;
        });

    /// <summary>One run; what it says of each family.</summary>
    public static async Task<List<DynamicDnsResult>> RunAllAsync(HostingWorkspace machine, CancellationToken token = default, params DynamicDnsGateName[] overrides) =>
        await machine.DynamicDns.UpdateAsync(
            machine.SelectDynamicDns(null),
            new DynamicDnsOptions { Overrides = overrides, VerifyTimeout = TimeSpan.FromSeconds(20) },
            static _ => Task.FromResult(true),
            static _ => Task.FromResult(true),
            token).ToListAsync();

    /// <summary>One run of one family.</summary>
    public static async Task<DynamicDnsResult> RunAsync(HostingWorkspace machine, params DynamicDnsGateName[] overrides) =>
        Assert.Single(await RunAllAsync(machine, default, overrides));

    /// <summary>The values of the record as Route 53 has them.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string type = "A")
    {
        await using var workspace = HostingWorkspace.Open(Failover.Sandbox.Inventory, new WorkspaceOptions { StatePath = Failover.StateOf("onlooker") }, SilentReporter.Instance);
        return (await workspace.ReadZoneAsync(null, CancellationToken.None)).SingleOrDefault(set => set.Name == Office && set.Type == type)?.Values ?? [];
    }

    /// <summary>Writes as somebody who knows nothing of HostingOps.</summary>
    public Task WriteAsync(string type, params string[] values) => WriteSetAsync(Office, type, values);

    /// <summary>Writes whose the record is.</summary>
    public Task ClaimAsync(string owner) => WriteSetAsync("_hostingops-owner." + Office, "TXT", [$"\"hostingops/1 owner={owner} site=acme\""]);

    public StateDatabase State(string machine = "here") => StateDatabase.Open(Failover.StateOf(machine), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        aws.Dispose();
        foreach (var service in services)
        {
            await service.DisposeAsync();
        }

        await Failover.DisposeAsync();
    }

    private async Task WriteSetAsync(string name, string type, string[] values) => await aws.Route53.ChangeResourceRecordSetsAsync(new ChangeResourceRecordSetsRequest
    {
        HostedZoneId = Failover.Sandbox.ZoneId,
        ChangeBatch = new ChangeBatch
        {
            Changes =
            [
                new Change
                {
                    Action = ChangeAction.UPSERT,
                    ResourceRecordSet = new ResourceRecordSet
                    {
                        Name = name + ".",
                        Type = type,
                        TTL = 60,
                        ResourceRecords = [.. values.Select(static value => new ResourceRecord { Value = value })],
                    },
                },
            ],
        },
    });

    /// <summary>The real clock, so that waits end, at another time.</summary>
    internal sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
