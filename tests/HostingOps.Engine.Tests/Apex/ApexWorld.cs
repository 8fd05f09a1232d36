using System.Text;
using Amazon.EC2;
using Amazon.Runtime;
using HostingOps.Engine.Apex.Addresses;
using HostingOps.Engine.Apex.Instances;
using HostingOps.Engine.Aws;
using HostingOps.Engine.State;
using HostingOps.Sandbox;
using HostingOps.Sandbox.Api;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex;

/// <summary>A sandbox with a redirector behind an Elastic IP, and workspaces that see it, each like a machine of its own.</summary>
internal sealed class ApexWorld : IAsyncDisposable
{
    public const string Elastic = "198.51.100.99";
    public const string Domain = "site1.example";

    private readonly TemporaryFolder folder = new();
    private readonly List<IAsyncDisposable> open = [];
    private readonly AwsConnection connection;
    private readonly TimeSpan listingDelay;
    private int launches;

    private ApexWorld(RehearsalSandbox sandbox, TimeSpan listingDelay)
    {
        Sandbox = sandbox;
        this.listingDelay = listingDelay;
        connection = new AwsConnection(sandbox.Inventory.Aws, new BasicAWSCredentials("a", "b"));
    }

    public RehearsalSandbox Sandbox { get; }

    public IAmazonEC2 EC2 => connection.EC2;

    /// <summary>Short patience, and the sandbox's own way to the address.</summary>
    public ElasticIpMoveOptions Options(IElasticIpProbe? probe = null) => new()
    {
        Interval = TimeSpan.FromMilliseconds(30),
        ReadBackTimeout = TimeSpan.FromSeconds(20),
        ProofTimeout = TimeSpan.FromSeconds(20),
        Probe = probe ?? Machine("probe").ElasticIps.ProbeFor(Elastic, Sandbox.ConnectTo),
    };

    public static async Task<ApexWorld> StartAsync(
        Func<SandboxTimings, SandboxTimings>? shape = null, Func<HostingInventory, HostingInventory>? change = null, Func<SandboxOptions, SandboxOptions>? sandbox = null)
    {
        var inventory = new HostingInventory
        {
            Zone = "sites.example.net",
            Aws = new AwsSettings { Region = "eu-west-1" },
            Hosts = new[] { TestSites.DigitalOcean, TestSites.Linode }.ToDictionary(static host => host.Name),
            Sites = [TestSites.Site("site1") with { Domain = Domain }],
            Apex = new ApexSettings { ElasticIp = Elastic },
        };
        var timings = new SandboxTimings
        {
            ConsolePosted = TimeSpan.FromMilliseconds(20),
            InstanceTransition = TimeSpan.FromMilliseconds(20),
            InstanceBoot = TimeSpan.FromMilliseconds(20),
            InstanceVisible = TimeSpan.Zero,
            AddressVisible = TimeSpan.FromMilliseconds(50),
        };
        timings = shape?.Invoke(timings) ?? timings;
        var options = new SandboxOptions { Timings = timings, Throttling = new SandboxThrottling { Enabled = false } };
        return new ApexWorld(
            (RehearsalSandbox)await SandboxWorld.StartAsync(change?.Invoke(inventory) ?? inventory, sandbox?.Invoke(options) ?? options, CancellationToken.None),
            timings.AddressVisible);
    }

    public string StateOf(string machine) => folder.Combine(machine + ".db");

    public HostingWorkspace Machine(string name = "here", TimeProvider? time = null, IOperationReporter? reporter = null)
    {
        var workspace = HostingWorkspace.Open(
            Sandbox.Inventory, new WorkspaceOptions { StatePath = StateOf(name), Time = time ?? TimeProvider.System }, reporter ?? SilentReporter.Instance);
        open.Add(workspace);
        return workspace;
    }

    /// <summary>A machine with another inventory than the sandbox's own.</summary>
    public HostingWorkspace Machine(Func<HostingInventory, HostingInventory> change, string name = "here")
    {
        var workspace = HostingWorkspace.Open(
            change(Sandbox.Inventory), new WorkspaceOptions { StatePath = StateOf(name) }, SilentReporter.Instance);
        open.Add(workspace);
        return workspace;
    }

    public ApexJournal JournalOf(string machine, out StateDatabase database)
    {
        database = StateDatabase.Open(StateOf(machine), TimeProvider.System);
        return new ApexJournal(database);
    }

    public InstanceLauncher Launcher => new(EC2, SilentReporter.Instance, TimeProvider.System, TimeSpan.FromMilliseconds(30));

    public InstanceLaunch Launch(string? token = null, string? subnet = null) => new()
    {
        ClientToken = token ?? $"token-{++launches}",
        ImageId = "ami-0a000000000000003",
        InstanceType = "t3.micro",
        SubnetId = subnet,
        UserData = Encoding.UTF8.GetBytes("server_name " + Domain),
        Tags = new Dictionary<string, string> { ["Name"] = "apex" },
    };

    /// <summary>A running instance that redirects.</summary>
    public async Task<string> RunningAsync(string zone = "b")
    {
        var launched = await Launcher.LaunchAsync(Launch(subnet: "subnet-0" + new string(zone[0], 16)), CancellationToken.None);
        return (await Launcher.WaitUntilRunningAsync(launched.InstanceId!, TimeSpan.FromSeconds(60), CancellationToken.None)).InstanceId!;
    }

    /// <summary>Where the address is, once EC2's listing has caught up.</summary>
    public async Task<string?> HolderAsync()
    {
        await Task.Delay(2 * listingDelay);
        return (await Machine("onlooker").ElasticIps.GetAsync(null, CancellationToken.None)).InstanceId;
    }

    public int Calls(string action) => Sandbox.ApiCalls.GetValueOrDefault(action);

    public async ValueTask DisposeAsync()
    {
        foreach (var one in open)
        {
            await one.DisposeAsync();
        }

        connection.Dispose();
        await Sandbox.DisposeAsync();
        folder.Dispose();
    }
}
