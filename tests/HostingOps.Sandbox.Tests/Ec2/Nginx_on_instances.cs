using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Sandbox.Drill;
using HostingOps.Sandbox.Tests.Route53;
using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Ec2;

/// <summary>Instances on which real nginx serves what their user data has for it.</summary>
public sealed class Nginx_on_instances
{
    private const string Elastic = "198.51.100.99";

    [SkippableFact]
    public async Task The_redirector_in_place_is_nginx_and_answers_for_every_name_over_http_and_https_with_a_good_certificate()
    {
        await using var sandbox = await StartAsync();
        var old = await HolderAsync(sandbox);
        await EventuallyAsync(async () => Assert.Empty(await ProblemsAsync(sandbox, old)));

        Assert.Contains("Server: nginx", await AskAsync(sandbox, Elastic, "acme.example"), StringComparison.Ordinal);
        Assert.Equal("", await AskAsync(sandbox, Elastic, "stranger.example"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_instance_serves_the_configuration_in_its_user_data_once_it_has_booted(bool packed)
    {
        await using var sandbox = await StartAsync(TimeSpan.FromSeconds(2));
        var id = await LaunchAsync(sandbox, Configuration(sandbox), packed);
        var own = await OwnAddressAsync(sandbox, id);
        Assert.Equal("running", await StateAsync(sandbox, id));
        Assert.Equal("", await AskAsync(sandbox, own, "acme.example"));

        await EventuallyAsync(async () => Assert.Contains($"X-HostingOps-Instance: {id}", await AskAsync(sandbox, own, "acme.example"), StringComparison.Ordinal));
        Assert.Contains("Location: https://www.acme.example/x?y=z", await AskAsync(sandbox, own, "acme.example"), StringComparison.Ordinal);
        await RawEc2.CallAsync(sandbox, "AssociateAddress", ("PublicIp", Elastic), ("InstanceId", id));
        await EventuallyAsync(async () => Assert.Empty(await ProblemsAsync(sandbox, id)));
    }

    [SkippableFact]
    public async Task The_instance_is_named_beside_HSTS_too()
    {
        var inventory = SampleInventory.Create();
        inventory = inventory with { Apex = inventory.Apex! with { Redirect = new ApexRedirectSettings { Hsts = TimeSpan.FromDays(1) } } };
        await using var sandbox = await StartAsync(inventory: inventory);
        var old = await HolderAsync(sandbox);

        await EventuallyAsync(async () => Assert.Empty(await ProblemsAsync(sandbox, old)));
    }

    [SkippableFact]
    public async Task A_configuration_that_nginx_refuses_gives_an_instance_that_runs_and_never_serves()
    {
        var told = new List<string>();
        await using var sandbox = await StartAsync(refused: told.Add);
        var id = await LaunchAsync(sandbox, Configuration(sandbox).Replace("server_tokens off;", "server_tokens of;", StringComparison.Ordinal), packed: true);

        await EventuallyAsync(() =>
        {
            lock (told)
            {
                Assert.Contains("[emerg]", Assert.Single(told), StringComparison.Ordinal);
            }

            return Task.CompletedTask;
        });
        Assert.Equal("running", await StateAsync(sandbox, id));
        Assert.Equal("", await AskAsync(sandbox, await OwnAddressAsync(sandbox, id), "acme.example"));
    }

    [SkippableFact]
    public async Task A_zone_that_fails_is_silent_and_a_termination_or_the_end_of_the_sandbox_ends_nginx()
    {
        IPEndPoint port;
        await using (var sandbox = await StartAsync())
        {
            var old = await HolderAsync(sandbox);
            await EventuallyAsync(async () => Assert.Empty(await ProblemsAsync(sandbox, old)));
            var id = await LaunchAsync(sandbox, Configuration(sandbox), packed: true);
            var own = await OwnAddressAsync(sandbox, id);
            await EventuallyAsync(async () => Assert.NotEqual("", await AskAsync(sandbox, own, "acme.example")));
            Assert.Equal(2, NginxFolders(old, id).Count);

            sandbox.StopZone("eu-west-1a");
            Assert.All(await ProblemsAsync(sandbox, old, 500), problem => Assert.Contains("did not answer", problem, StringComparison.Ordinal));
            await RawEc2.CallAsync(sandbox, "TerminateInstances", ("InstanceId.1", id));
            await EventuallyAsync(() => Task.FromResult(Assert.Single(NginxFolders(old, id))));
            port = Listening(Assert.Single(NginxFolders(old, id)));
            using var alive = new TcpClient();
            await alive.ConnectAsync(port);
        }

        using var gone = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => gone.ConnectAsync(port));
    }

    internal static string Configuration(RehearsalSandbox sandbox) =>
        NginxRedirectConfig.Write(ApexRedirectTable.Create(sandbox.Inventory.Sites, false), sandbox.Inventory.Apex!.Redirect).Text;

    internal static string UserData(string configuration, bool packed)
    {
        var text = "#cloud-config\n" + JsonSerializer.Serialize(new { write_files = new[] { new { path = "/etc/nginx/conf.d/hostingops-apex.conf", content = configuration } } });
        if (!packed)
        {
            return Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        }

        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToBase64String(bytes.ToArray());
    }

    internal static async Task<IReadOnlyList<string>> ProblemsAsync(RehearsalSandbox sandbox, string instanceId, int timeoutMilliseconds = 20_000)
    {
        using var visitor = new RedirectVisitor(sandbox, TimeSpan.FromMilliseconds(timeoutMilliseconds));
        return await visitor.ProblemsAsync(ApexRedirectTable.Create(sandbox.Inventory.Sites, false).Redirects, instanceId, 8, CancellationToken.None);
    }

    internal static async Task<string> HolderAsync(RehearsalSandbox sandbox) =>
        RawRoute53.Text((await RawEc2.CallAsync(sandbox, "DescribeAddresses")).Body, "instanceId");

    internal static async Task EventuallyAsync(Func<Task> look)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await look();
                return;
            }
            catch (Exception error) when (attempt < 400 && error is Xunit.Sdk.XunitException or IOException or SocketException)
            {
                await Task.Delay(50);
            }
        }
    }

    internal static async Task<RehearsalSandbox> StartAsync(TimeSpan? boot = null, HostingInventory? inventory = null, Action<string>? refused = null)
    {
        Skip.If(OperatingSystem.IsWindows(), "The sandbox has nginx on Unix only.");
        var sandbox = await QuickSandbox.StartAsync(inventory ?? SampleInventory.Create(), QuickSandbox.Options with
        {
            NginxProgram = RealPart.Require("nginx"),
            OnNginxRefused = refused,
            Timings = QuickSandbox.Options.Timings with { InstanceBoot = boot ?? TimeSpan.FromMilliseconds(50), AddressVisible = TimeSpan.Zero },
        });
        return sandbox;
    }

    private static Task<string> LaunchAsync(RehearsalSandbox sandbox, string configuration, bool packed) =>
        RawEc2.LaunchAsync(sandbox, ("UserData", UserData(configuration, packed)), ("Placement.AvailabilityZone", "eu-west-1b"));

    // An instance has its address once it runs.
    private static async Task<string> OwnAddressAsync(RehearsalSandbox sandbox, string id)
    {
        await EventuallyAsync(async () => Assert.Equal("running", await StateAsync(sandbox, id)));
        return RawRoute53.Text((await RawEc2.CallAsync(sandbox, "DescribeInstances", ("InstanceId.1", id))).Body, "ipAddress");
    }

    private static async Task<string> StateAsync(RehearsalSandbox sandbox, string id) =>
        RawRoute53.Text((await RawEc2.CallAsync(sandbox, "DescribeInstances", ("InstanceId.1", id))).Body, "name");

    // Everything that comes back until the connection ends, or nothing.
    private static async Task<string> AskAsync(RehearsalSandbox sandbox, string publicIp, string host)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPEndPoint.Parse(sandbox.ConnectTo[publicIp + ":80"]));
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /x?y=z HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            return await reader.ReadToEndAsync();
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return "";
        }
    }

    // The folders of the nginx that serve on these instances.
    private static IReadOnlyList<string> NginxFolders(params string[] instanceIds) =>
        [.. Directory.GetDirectories(Path.GetTempPath(), "hostingops-nginx-*").Where(folder =>
            File.Exists(InstanceFile(folder)) && instanceIds.Any(id => File.ReadAllText(InstanceFile(folder)).Contains(id, StringComparison.Ordinal)))];

    private static string InstanceFile(string folder) => Path.Combine(folder, "conf.d", "hostingops-instance.conf");

    private static IPEndPoint Listening(string folder) => IPEndPoint.Parse(
        File.ReadLines(Path.Combine(folder, "conf.d", "hostingops-apex.conf")).Select(static line => line.Trim())
            .First(static line => line.StartsWith("listen ", StringComparison.Ordinal)).Split(' ')[1].TrimEnd(';'));
}
