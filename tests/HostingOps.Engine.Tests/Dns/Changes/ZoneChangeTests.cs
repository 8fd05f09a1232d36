using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Dns.Changes;

/// <summary>A scripted zone, a state database, and the operations over both.</summary>
public abstract class ZoneChangeTests : IDisposable
{
    private protected static readonly HostedZoneReference Zone = new("Z1", "sites.example.net", 2);
    private protected static readonly ZoneChangeOptions Unproven = new() { Verify = false };

    private protected readonly ScriptedRoute53 route53 = new();
    private protected readonly StateDatabase state;
    private readonly TemporaryFolder folder = new();

    protected ZoneChangeTests() => state = StateDatabase.Open(folder.Combine("state.db"), TimeProvider.System);

    public void Dispose()
    {
        state.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static ZoneChangePlan Plan(params DnsRecordChange[] changes) =>
        ZoneChangePlans.Create(ZoneChangeKind.Sync, Zone, 2, changes, [], new ZoneChangePlanOptions(), DateTimeOffset.UnixEpoch, null);

    protected static DnsRecordChange Change(DnsRecordSet? before, DnsRecordSet? after) => new()
    {
        Record = (before ?? after)!.Name,
        Before = before is null ? [] : [before],
        After = after is null ? [] : [after],
        Reason = "Because.",
    };

    protected static DnsRecordSet Set(string name, string address) => new() { Name = $"{name}.{Zone.Name}", Type = "A", Ttl = 60, Values = [address] };

    protected static DnsRecordSet Text(string name, string value) => new() { Name = $"{name}.{Zone.Name}", Type = "TXT", Ttl = 60, Values = [value] };

    protected static DnsRecordSet Weighted(string identifier, int weight) =>
        Set("spread", "192.0.2.1") with { SetIdentifier = identifier, Routing = new DnsRoutingPolicy { Weight = weight } };

    protected static async Task<List<DnsRecordChangeResult>> Collect(IAsyncEnumerable<DnsRecordChangeResult> results)
    {
        var list = new List<DnsRecordChangeResult>();
        await foreach (var result in results)
        {
            list.Add(result);
        }

        return list;
    }

    protected Task<List<DnsRecordChangeResult>> ApplyAsync(params DnsRecordChange[] changes) =>
        Collect(Operations().ApplyAsync(Plan(changes), Unproven, CancellationToken.None));

    protected ZoneChangeOperations Operations()
    {
        var reader = new HostedZoneReader(route53, SilentReporter.Instance);
        var silent = SilentReporter.Instance;
        var proof = new ZoneChangeProof(
            new HostingInventory { Zone = Zone.Name },
            reader,
            new ChangeWaiter(route53, silent, TimeProvider.System),
            new AuthoritativeServers(),
            new SwitchVerifier(new DnsClient(TimeProvider.System), TimeProvider.System),
            silent);
        return new ZoneChangeOperations(
            new RecordSwitcher(route53, reader, silent, TimeProvider.System, Random.Shared, SwitchScope.Records),
            reader,
            proof,
            () => state,
            endpointUrl: null,
            silent,
            TimeProvider.System);
    }
}
