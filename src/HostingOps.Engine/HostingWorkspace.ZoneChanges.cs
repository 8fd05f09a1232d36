using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Changes;

namespace HostingOps.Engine;

/// <content>Changes of a zone's records.</content>
public sealed partial class HostingWorkspace
{
    /// <summary>Carries plans of zone changes out, resumes them, takes them back.</summary>
    public ZoneChangeOperations ZoneChanges => new(
        new RecordSwitcher(aws.Value.Route53, zones.Value, reporter, options.Time, options.Random, SwitchScope.Records),
        zones.Value,
        new ZoneChangeProof(
            Inventory,
            zones.Value,
            new ChangeWaiter(aws.Value.Route53, reporter, options.Time),
            new AuthoritativeServers(),
            new SwitchVerifier(new DnsClient(options.Time, reporter: reporter), options.Time, reporter),
            reporter),
        () => state.Value,
        Inventory.Aws.EndpointUrl,
        reporter,
        options.Time);
}
