using System.Globalization;
using System.Net.Sockets;
using HostingOps.Sandbox.Api;
using HostingOps.Sandbox.Ec2;
using HostingOps.Sandbox.Http;
using HostingOps.Sandbox.Route53;
using HostingOps.Sandbox.Sites;

namespace HostingOps.Sandbox;

/// <summary>The rehearsal world that <see cref="SandboxWorld"/> starts, with the ways to disturb its AWS.</summary>
public sealed class RehearsalSandbox : HostingSandbox
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hostingops-sandbox-");
    private readonly SiteFaults siteFaults = new();
    private readonly Dictionary<string, SandboxHost> hosts = new(StringComparer.Ordinal);
    private readonly SandboxAuthority authority;
    private readonly AwsEndpoint aws;
    private readonly HttpRoom awsRoom;
    private readonly HttpRoom observerRoom;
    private readonly Route53Store route53;
    private readonly HostingInventory given;
    private int stopped;

    private RehearsalSandbox(HostingInventory inventory, SandboxOptions options)
    {
        var clock = options.TimeProvider;
        var ids = new SandboxIds(options.Random);
        var throttle = new Throttle(options.Throttling, clock);
        given = inventory;
        authority = new SandboxAuthority(clock);
        route53 = new Route53Store(options.Timings, clock, ids);
        var ec2 = new Ec2Store(options.Timings, clock, ids);
        var healthChecks = new HealthCheckActions(clock, ids);
        var route53Service = new Route53Service(
            new ZoneActions(route53), new RecordActions(route53, healthChecks, throttle), healthChecks, throttle);
        aws = new AwsEndpoint([route53Service, new Ec2Service(ec2, throttle)], Faults, ids);
        awsRoom = new HttpRoom(aws.AnswerAsync, null, new HttpLimits(), clock);
        observerRoom = new HttpRoom(AnswerObserverAsync, null, new HttpLimits(), clock);
        foreach (var host in inventory.Hosts.Values)
        {
            var sites = inventory.Sites.Where(site => site.Primary.Name == host.Name || site.Secondary.Name == host.Name).ToList();
            hosts[host.Name] = new SandboxHost(host, sites, siteFaults, authority, clock);
        }

        Id = "sandbox-" + ids.RequestId()[..8];
        ZoneId = ZoneSeed.Plant(route53, inventory);
        ApexSeed.Plant(ec2, inventory);
        NameServer = "";
        InventoryPath = Path.Combine(folder.FullName, "hosting.yml");
        Inventory = inventory;
    }

    /// <inheritdoc/>
    public override string Id { get; }

    /// <inheritdoc/>
    public override string EndpointUrl => Url(awsRoom, "");

    /// <inheritdoc/>
    public override string NameServer { get; }

    /// <inheritdoc/>
    public override string ZoneId { get; }

    /// <inheritdoc/>
    public override string InventoryPath { get; }

    /// <inheritdoc/>
    public override HostingInventory Inventory { get; }

    /// <inheritdoc/>
    public override bool IsRunning => stopped == 0;

    /// <summary>Failures to lay in wait for the AWS API.</summary>
    public SandboxFaults Faults { get; } = new();

    /// <summary>Calls of the AWS API since the start, by action, throttled and failed ones included.</summary>
    public IReadOnlyDictionary<string, int> ApiCalls => aws.Calls;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StoppedHosts =>
        IsRunning ? [.. hosts.Values.Where(host => !host.IsOn).Select(host => host.Name)] : [.. hosts.Keys];
}
