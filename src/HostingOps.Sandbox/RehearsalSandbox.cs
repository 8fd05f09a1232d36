using System.Globalization;
using System.Net.Sockets;
using HostingOps.Engine.Inventory;
using HostingOps.Engine.State;
using HostingOps.Sandbox.Apex;
using HostingOps.Sandbox.Api;
using HostingOps.Sandbox.Dns;
using HostingOps.Sandbox.Ec2;
using HostingOps.Sandbox.Http;
using HostingOps.Sandbox.Route53;
using HostingOps.Sandbox.Sites;

namespace HostingOps.Sandbox;

/// <summary>The rehearsal world that <see cref="SandboxWorld"/> starts, with the ways to disturb its AWS.</summary>
public sealed class RehearsalSandbox : HostingSandbox
{
    private readonly ScratchFolder folder = ScratchFolder.Create("hostingops-sandbox-");
    private readonly SiteFaults siteFaults = new();
    private readonly Dictionary<string, SandboxHost> hosts = new(StringComparer.Ordinal);
    private readonly HashSet<string> siteNames;
    private readonly SandboxAuthority authority;
    private readonly AwsEndpoint aws;
    private readonly HttpRoom awsRoom;
    private readonly HttpRoom observerRoom;
    private readonly string inventoryPath;
    private readonly TimeProvider clock;
    private readonly Route53Store route53;
    private readonly Ec2Store ec2;
    private readonly ApexNetwork apex;
    private readonly string? elasticIp;
    private readonly InstanceSsh? ssh;
    private readonly HealthCheckActions healthChecks;
    private SandboxDnsServer? nameServer;
    private string zoneId = "";
    private HostingInventory? rehearsal;
    private int stopped;

    private RehearsalSandbox(HostingInventory inventory, SandboxOptions options)
    {
        clock = options.TimeProvider;
        var ids = new SandboxIds(options.Random);
        var throttle = new Throttle(options.Throttling, clock);
        route53 = new Route53Store(options.Timings, clock, ids, options.ZoneQuota);
        ec2 = new Ec2Store(options.Timings, clock, ids);
        healthChecks = new HealthCheckActions(new HealthCheckSight(hosts.Values, siteFaults, route53), options.Timings.CheckerInterval, clock, ids);
        var records = new RecordActions(route53, healthChecks, throttle);
        aws = new AwsEndpoint(
            [new Route53Service(new ZoneActions(route53), records, healthChecks, throttle), new Ec2Service(ec2, throttle, options.Timings)], Faults, ids);
        awsRoom = new HttpRoom(aws.AnswerAsync, null, new HttpLimits(), clock);
        observerRoom = new HttpRoom(
            static (_, _) => Task.FromResult(HttpAnswer.Text(200, "text/plain", "The observer is well.\n")), null, new HttpLimits(), clock);
        authority = new SandboxAuthority(clock);
        ssh = options is { NginxProgram: not null, SshdProgram: { } sshd } && !OperatingSystem.IsWindows()
            ? new InstanceSsh(sshd, Path.Combine(folder.Path, "id_rehearsal"), inventory)
            : null;
        apex = new ApexNetwork(ec2, Software(inventory, options), options.Timings, clock, options.Console);
        elasticIp = inventory.Apex?.ElasticIp;
        AvailabilityZones = Ec2Store.ZonesOf(ApexSeed.Region(inventory));
        foreach (var host in inventory.Hosts.Values)
        {
            var sites = inventory.Sites.Where(site => site.Primary.Name == host.Name || site.Secondary.Name == host.Name).ToList();
            hosts[host.Name] = new SandboxHost(host, sites, siteFaults, authority, clock);
        }

        siteNames = inventory.Sites.Select(site => site.Name).ToHashSet(StringComparer.Ordinal);
        inventoryPath = Path.Combine(folder.Path, "hosting.yml");
        Id = "sandbox-" + ids.RequestId()[..8];
    }

    /// <inheritdoc/>
    public override string Id { get; }

    /// <inheritdoc/>
    public override string EndpointUrl => Url(awsRoom, "");

    /// <inheritdoc/>
    public override string NameServer => nameServer!.Endpoint.ToString();

    /// <inheritdoc/>
    public override string ZoneId => zoneId;

    /// <inheritdoc/>
    public override string InventoryPath => inventoryPath;

    /// <inheritdoc/>
    public override HostingInventory Inventory => rehearsal!;

    /// <inheritdoc/>
    public override bool IsRunning => stopped == 0;

    /// <summary>The private key file with which ssh logs in to instances, or null when they have no ssh.</summary>
    public string? IdentityFile => ssh?.IdentityFile;

    /// <summary>Failures to lay in wait for the AWS API.</summary>
    public SandboxFaults Faults { get; } = new();

    /// <summary>Calls of the AWS API since the start, by action, throttled and failed ones included.</summary>
    public IReadOnlyDictionary<string, int> ApiCalls => aws.Calls;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StoppedHosts =>
        IsRunning ? [.. hosts.Values.Where(host => !host.IsOn).Select(host => host.Name)] : [.. hosts.Keys];

    /// <inheritdoc/>
    public override string? ElasticIp => elasticIp;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> ConnectTo => apex.ConnectTo;

    /// <inheritdoc/>
    public override IReadOnlyList<string> AvailabilityZones { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StoppedZones
    {
        get
        {
            lock (ec2.Gate)
            {
                return [.. ec2.FailedZones.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <inheritdoc/>
    public override void StopZone(string zoneName) => SetZone(zoneName, failed: true);

    /// <inheritdoc/>
    public override void StartZone(string zoneName) => SetZone(zoneName, failed: false);

    /// <inheritdoc/>
    public override void StopHost(string hostName)
    {
        EnsureRunning();
        Host(hostName).Stop();
    }

    /// <inheritdoc/>
    public override void StartHost(string hostName)
    {
        EnsureRunning();
        var host = Host(hostName);
        siteFaults.ClearHost(hostName);
        try
        {
            host.Start();
        }
        catch (SocketException error)
        {
            throw Failed(hostName, $"Host '{hostName}' could not be switched on again: {error.Message}.", error);
        }
    }

    /// <inheritdoc/>
    public override void SetFault(string siteName, string? hostName, SandboxFault fault)
    {
        EnsureRunning();
        if (!siteNames.Contains(siteName))
        {
            throw new HostingException(
                ErrorIds.SiteNotFound,
                HostingErrorCategory.ObjectNotFound,
                siteName,
                $"The sandbox has no site '{siteName}'.",
                NameSuggestion.Nearest(siteName, siteNames) is { } near ? $"Did you mean '{near}'?" : null);
        }

        // PowerShell passes $null for a string as an empty one.
        var targets = string.IsNullOrEmpty(hostName)
            ? hosts.Values.Where(host => host.Serves(siteName)).ToList()
            : [Host(hostName)];
        if (!targets.TrueForAll(host => host.Serves(siteName)))
        {
            throw new HostingException(
                ErrorIds.HostNotFound, HostingErrorCategory.ObjectNotFound, hostName, $"Site '{siteName}' does not live on host '{hostName}'.");
        }

        targets.ForEach(host => siteFaults[siteName, host.Name] = fault);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref stopped, 1) != 0)
        {
            return;
        }

        if (nameServer is not null)
        {
            await nameServer.DisposeAsync().ConfigureAwait(false);
        }

        await awsRoom.DisposeAsync().ConfigureAwait(false);
        healthChecks.Dispose();
        await observerRoom.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(hosts.Values.Select(host => host.DisposeAsync().AsTask())).ConfigureAwait(false);
        await apex.DisposeAsync().ConfigureAwait(false);
        authority.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts everything, or nothing.</summary>
    internal static async Task<RehearsalSandbox> StartAsync(HostingInventory inventory, SandboxOptions options, CancellationToken cancellationToken)
    {
        RehearsalSandbox? sandbox = null;
        try
        {
            sandbox = new RehearsalSandbox(inventory, options);
            await sandbox.OpenAsync(inventory, options, cancellationToken).ConfigureAwait(false);
            return sandbox;
        }
        catch (Exception error)
        {
            if (sandbox is not null)
            {
                await sandbox.DisposeAsync().ConfigureAwait(false);
            }

            if (error is SocketException or IOException or UnauthorizedAccessException or RecordNameException)
            {
                throw Failed(inventory.Zone, $"The sandbox could not start: {error.Message}.", error);
            }

            throw;
        }
    }

    private async Task OpenAsync(HostingInventory inventory, SandboxOptions options, CancellationToken cancellationToken)
    {
        // Instances that boot authorise it.
        await (ssh?.MakeKeyAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        zoneId = ZoneSeed.Plant(route53, inventory);
        ApexSeed.Plant(ec2, inventory);
        nameServer = SandboxDnsServer.Start(new ClientZones(inventory, new ServedZones(route53, healthChecks)), clock);
        awsRoom.Start();
        observerRoom.Start();
        foreach (var host in hosts.Values)
        {
            host.Start();
        }

        var caFile = Path.Combine(folder.Path, "ca.pem");
        await File.WriteAllTextAsync(caFile, authority.Pem, cancellationToken).ConfigureAwait(false);
        var endpoints = new SandboxEndpoints(
            EndpointUrl,
            NameServer,
            Url(observerRoom, "/"),
            caFile,
            inventoryPath,
            hosts.ToDictionary(host => host.Key, host => host.Value.ConnectTo, StringComparer.Ordinal),
            ConnectTo)
        {
            SshUser = ssh is null ? null : Environment.UserName,
        };
        rehearsal = RehearsalInventory.From(inventory, endpoints, options.KeepHooksAndNotifications);
        await File.WriteAllTextAsync(inventoryPath, InventoryWriter.Write(rehearsal), cancellationToken).ConfigureAwait(false);
        apex.WaysChanged = TellWays;
    }

    // Who reads the file at this moment gets it whole.
    private void TellWays()
    {
        if (rehearsal?.Apex is not { } settings)
        {
            return;
        }

        rehearsal = rehearsal with { Apex = settings with { ConnectTo = ConnectTo } };
        var next = inventoryPath + ".next";
        File.WriteAllText(next, InventoryWriter.Write(rehearsal));
        File.Move(next, inventoryPath, overwrite: true);
    }

    private IInstanceSoftware Software(HostingInventory inventory, SandboxOptions options)
    {
        var redirector = new RedirectorSoftware(inventory.Sites, authority, clock);
        var nginx = OperatingSystem.IsWindows() ? null : options.NginxProgram;
        return options.InstanceSoftware ?? (nginx is null
            ? redirector
            : new NginxSoftware(nginx, redirector, new CertificateFolders(Path.Combine(folder.Path, "live"), authority), options.OnNginxRefused, ssh));
    }

    private static string Url(HttpRoom room, string path) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{room.Port}{path}");

    private static HostingException Failed(object target, string message, Exception? cause) => new(
        ErrorIds.SandboxFailed,
        HostingErrorCategory.ResourceUnavailable,
        target,
        message,
        "Stop the sandbox and start a new one.",
        cause);

    private void EnsureRunning()
    {
        if (!IsRunning)
        {
            throw Failed(Id, $"{Id} was stopped.", null);
        }
    }

    private void SetZone(string zoneName, bool failed)
    {
        EnsureRunning();
        if (!AvailabilityZones.Contains(zoneName, StringComparer.Ordinal))
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.ObjectNotFound,
                zoneName,
                $"The sandbox has no availability zone '{zoneName}'; it has {string.Join(", ", AvailabilityZones)}.");
        }

        lock (ec2.Gate)
        {
            ec2.SetZone(zoneName, failed);
        }
    }

    private SandboxHost Host(string hostName) => hosts.GetValueOrDefault(hostName) ?? throw new HostingException(
        ErrorIds.HostNotFound,
        HostingErrorCategory.ObjectNotFound,
        hostName,
        $"The sandbox has no host '{hostName}'; it has {string.Join(", ", hosts.Keys.Order(StringComparer.Ordinal))}.",
        NameSuggestion.Nearest(hostName, hosts.Keys) is { } near ? $"Did you mean '{near}'?" : null);
}
