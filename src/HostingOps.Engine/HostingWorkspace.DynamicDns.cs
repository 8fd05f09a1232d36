using HostingOps.Engine.Dns;
using HostingOps.Engine.DynamicDns;
using HostingOps.Engine.DynamicDns.Asking;
using HostingOps.Engine.DynamicDns.Uplinks;
using HostingOps.Engine.DynamicDns.Writing;
using HostingOps.Engine.State;

namespace HostingOps.Engine;

/// <content>Records that follow this machine's public address.</content>
public sealed partial class HostingWorkspace
{
    /// <summary>Dynamic records: plan, write, react.</summary>
    public DynamicDnsOperations DynamicDns
    {
        get
        {
            var register = new DynamicDnsRegister(state.Value);
            var proof = new RecordProof(
                Inventory,
                zones.Value,
                new ChangeWaiter(aws.Value.Route53, reporter, options.Time),
                new SwitchVerifier(new DnsClient(options.Time, reporter: reporter), options.Time, reporter));
            var writer = new DynamicDnsWriter(Switcher, zones.Value, proof, register, Locks, options.Time);
            return new DynamicDnsOperations(
                Inventory,
                new DynamicDnsPlanner(Inventory, dns.Value, zones.Value, Observer, writer, register, options.Time),
                writer,
                register,
                new UplinkReactor(this, new UplinkAlerts(() => Alerts), register, reporter));
        }
    }

    private PublicAddressObserver Observer => new(
        Inventory.Uplinks,
        new AddressAsker(options.Time, reporter, Inventory.Path is { } path ? Path.GetDirectoryName(path) : options.WorkingDirectory),
        options.Time);

    /// <summary>The dynamic records whose names match, in full or up to the zone's name; all when there are no patterns.</summary>
    /// <exception cref="HostingException">DynamicDnsNotConfigured.</exception>
    public IReadOnlyList<DynamicDnsRecord> SelectDynamicDns(IReadOnlyList<string>? patterns) => DynamicDnsSelector.Select(Inventory, patterns);

    /// <summary>What the sources say of this machine's public address, a result for each family. Needs neither AWS nor the state database.</summary>
    /// <param name="settings">Sources, quorum and time-out.</param>
    /// <param name="families">The families.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="HostingException">InvalidArgument: a source can't be read.</exception>
    public Task<IReadOnlyList<PublicIpAddress>> GetPublicAddressesAsync(
        DynamicDnsRecord settings, IReadOnlyList<PublicAddressFamily> families, CancellationToken cancellationToken) =>
        Observer.ObserveAsync(settings, families, cancellationToken);

    /// <summary>What was written and which lines were used, newest first. Needs the state database only.</summary>
    /// <param name="records">Records of the inventory by name, with wildcards; null for all that the state database has.</param>
    /// <param name="first">How many at most.</param>
    /// <exception cref="HostingException">DynamicDnsNotConfigured, StateUnavailable, StateCorrupt.</exception>
    public IReadOnlyList<DynamicDnsResult> GetDynamicDnsHistory(IReadOnlyList<string>? records, int first) => new DynamicDnsRegister(state.Value).History(
        records is null ? null : SelectDynamicDns(records).Select(static record => record.Record).ToHashSet(StringComparer.Ordinal), first);

    /// <summary>Runs updates one after the other by this workspace's clock.</summary>
    public DynamicDnsWatch NewDynamicDnsWatch() => new(options.Time, options.Random);
}
