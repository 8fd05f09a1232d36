using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HostingOps.Agent.Witnessing;
using HostingOps.Engine;
using HostingOps.Engine.Inventory;
using HostingOps.Engine.Operations;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Engine.Watch.Witnesses.Agents;
using HostingOps.Sandbox;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Witnessing;

/// <summary>A sandbox, a certificate authority, and witnesses that see the sandbox.</summary>
internal sealed class WitnessWorld : IAsyncDisposable
{
    public const string KeyVariable = "HOSTINGOPS_TEST_WITNESS_KEY";
    public const string KeyReference = "${" + KeyVariable + "}";
    public const string Key = "0123456789abcdef0123456789abcdef0123456789abcdef";

    private const string Sites = """
        version: 1
        zone: sites.example.net
        defaults:
          check: { timeout: 5s, failAfter: 2, confirmInterval: 50ms }
        hosts:
          do-1: { provider: digitalocean, address: 203.0.113.10 }
          li-1: { provider: linode, address: 198.51.100.7 }
        sites:
          acme: { domain: acme-legal.example, primary: do-1, secondary: li-1 }
          bakery: { domain: bakery.example, primary: li-1, secondary: do-1 }
        policy: { maxFailovers: 10, maxFailoverPercent: 100, observerChecks: [https://known-good.example/] }
        """;

    private readonly List<IAsyncDisposable> parts = [];

    private WitnessWorld(HostingSandbox sandbox) => Sandbox = sandbox;

    public HostingSandbox Sandbox { get; }

    public TemporaryFolder Home { get; } = new();

    public HostedSite Acme => Sandbox.Inventory.Sites[0];

    public string CaFile => Home.Combine("ca.pem");

    public string CertificateFile => Home.Combine("cert.pem");

    public string KeyFile => Home.Combine("key.pem");

    public static async Task<WitnessWorld> StartAsync()
    {
        Environment.SetEnvironmentVariable(KeyVariable, Key);
        var document = InventoryLoader.Parse(Sites, "hosting.yml");
        Assert.True(document.Inventory is not null, string.Join('\n', document.Findings));
        var world = new WitnessWorld(await SandboxWorld.StartAsync(document.Inventory, new SandboxOptions(), CancellationToken.None));
        world.Certify("localhost");
        return world;
    }

    /// <summary>Makes an authority and a certificate, in the place of those that were there.</summary>
    public void Certify(string name)
    {
        var now = DateTimeOffset.UtcNow;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Test authority", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(root.PublicKey, false));
        using var authority = root.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        var leaf = new CertificateRequest("CN=" + name, leafKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        leaf.CertificateExtensions.Add(names.Build());
        leaf.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        using var signed = leaf.Create(authority, now.AddDays(-1), now.AddDays(10), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(CaFile, authority.ExportCertificatePem());
        File.WriteAllText(KeyFile, leafKey.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(CertificateFile, signed.ExportCertificatePem());
    }

    /// <summary>Starts a witness of this process, which passes for another machine unless one is named; its address.</summary>
    public async Task<string> WitnessAsync(
        bool https = true, Func<HostingInventory, HostingInventory>? shape = null, string name = "nyc", string? machine = null, WitnessLimits? limits = null)
    {
        var inventory = Sandbox.Inventory with { Witnesses = new WitnessSettings { Key = KeyReference } };
        var workspace = HostingWorkspace.Open(shape?.Invoke(inventory) ?? inventory, new WorkspaceOptions { StatePath = Home.Combine("witness.db"), Machine = machine ?? $"witness {parts.Count}" }, SilentReporter.Instance);
        parts.Add(workspace);
        var desk = workspace.OpenWitnessDesk(name, 16, CancellationToken.None);
        var server = await WitnessServer.StartAsync(
            new IPEndPoint(IPAddress.Loopback, 0),
            https ? new ServerCertificate(CertificateFile, KeyFile, static _ => { }) : null,
            desk,
            () => workspace.Inventory,
            static _ => { },
            CancellationToken.None,
            limits);
        parts.Add(server);
        return https ? string.Create(CultureInfo.InvariantCulture, $"https://localhost:{new Uri(server.Address).Port}") : server.Address;
    }

    public WitnessAgent Agent(string url, string name = "nyc", string? caFile = null) => new() { Name = name, Url = url, Key = KeyReference, CaFile = caFile ?? CaFile };

    public AgentWitness Client(string url, string key = Key, TimeSpan? timeout = null, WitnessAgent? agent = null) =>
        new(agent ?? Agent(url), timeout ?? TimeSpan.FromSeconds(20), null, _ => key, TimeProvider.System);

    public async Task<WitnessOpinion> AskAsync(AgentWitness client, HostedSite? site = null, SiteHost? host = null)
    {
        using (client)
        {
            var opinions = await client.AskAsync([(site ?? Acme, host ?? Acme.Primary)], CancellationToken.None, CancellationToken.None);
            return Assert.Single(opinions);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts.AsEnumerable().Reverse())
        {
            await part.DisposeAsync();
        }

        await Sandbox.DisposeAsync();
        Home.Dispose();
    }
}
