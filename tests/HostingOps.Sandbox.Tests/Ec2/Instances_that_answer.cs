using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Engine.Inventory;
using HostingOps.Sandbox.Tests.Route53;
using HostingOps.Sandbox.Tests.World;

namespace HostingOps.Sandbox.Tests.Ec2;

/// <summary>What a visitor of the bare domains sees, in good times and when a zone dies.</summary>
public sealed class Instances_that_answer
{
    private const string Elastic = "198.51.100.99";

    [Fact]
    public async Task The_redirector_in_place_redirects_every_bare_domain_and_alias_over_HTTP_and_HTTPS()
    {
        await using var sandbox = await StartAsync();
        Assert.Equal(Elastic, sandbox.ElasticIp);
        foreach (var scheme in new[] { "http", "https" })
        {
            using var answer = await VisitAsync(sandbox, $"{scheme}://acmelaw.example/a%20b?c=d&e", Elastic);
            Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
            Assert.Equal("https://www.acme.example/a%20b?c=d&e", answer.Headers.Location!.OriginalString);
            Assert.StartsWith("i-", Assert.Single(answer.Headers.GetValues("X-HostingOps-Instance")));
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => VisitAsync(sandbox, "http://stranger.example/", Elastic));
    }

    [Fact]
    public async Task A_new_instance_runs_before_it_serves_and_serves_what_its_user_data_names()
    {
        var clock = new Testing.ManualTimeProvider();
        await using var sandbox = await StartAsync(QuickSandbox.Options with
        {
            TimeProvider = clock,
            Timings = QuickSandbox.Options.Timings with { InstanceTransition = TimeSpan.FromSeconds(10), InstanceBoot = TimeSpan.FromSeconds(60) },
        });
        var id = await RawEc2.LaunchAsync(sandbox, ("UserData", UserData("bakery.example")));
        clock.Advance(TimeSpan.FromSeconds(11));
        var described = (await RawEc2.CallAsync(sandbox, "DescribeInstances", ("InstanceId.1", id))).Body;
        Assert.Equal("running", RawRoute53.Text(described, "name"));
        var own = RawRoute53.Text(described, "ipAddress");
        Assert.Equal("initializing", await StatusAsync(sandbox, id));
        await Assert.ThrowsAsync<HttpRequestException>(() => VisitAsync(sandbox, "http://bakery.example/", own));

        clock.Advance(TimeSpan.FromSeconds(60));
        using var answer = await EventuallyAsync(() => VisitAsync(sandbox, "http://bakery.example/", own));
        Assert.Equal("https://www.bakery.example/", answer.Headers.Location!.OriginalString);
        Assert.Equal(id, Assert.Single(answer.Headers.GetValues("X-HostingOps-Instance")));
        Assert.Equal("ok", await StatusAsync(sandbox, id));
        await Assert.ThrowsAsync<HttpRequestException>(() => VisitAsync(sandbox, "http://acme.example/", own));
    }

    [Fact]
    public async Task Without_user_data_an_instance_runs_and_never_serves()
    {
        await using var sandbox = await StartAsync();
        var id = await RawEc2.LaunchAsync(sandbox);
        await Task.Delay(300);
        var own = RawRoute53.Text((await RawEc2.CallAsync(sandbox, "DescribeInstances", ("InstanceId.1", id))).Body, "ipAddress");
        Assert.True(sandbox.ConnectTo.ContainsKey(own + ":443"));
        await Assert.ThrowsAsync<HttpRequestException>(() => VisitAsync(sandbox, "http://acme.example/", own));
    }

    [Fact]
    public async Task The_inventory_file_has_the_ways_to_every_public_address_also_after_many_launches()
    {
        await using var sandbox = await StartAsync();
        for (var launch = 0; launch < 5; launch++)
        {
            await RawEc2.LaunchAsync(sandbox);
            var written = InventoryLoader.LoadOrThrow(sandbox.InventoryPath, SilentReporter.Instance);
            Assert.Equal(sandbox.ConnectTo.OrderBy(static way => way.Key), written.Apex!.ConnectTo.OrderBy(static way => way.Key));
            Assert.Equal(written.Apex.ConnectTo.Count, sandbox.Inventory.Apex!.ConnectTo.Count);
        }

        Assert.Contains("198.18.0.6:443", sandbox.Inventory.Apex!.ConnectTo.Keys);
        Assert.Contains(Elastic + ":80", sandbox.Inventory.Apex!.ConnectTo.Keys);
    }

    [Fact]
    public async Task The_Elastic_IP_leads_to_whatever_has_it_and_a_kept_connection_is_cut()
    {
        await using var sandbox = await StartAsync();
        var id = await RawEc2.LaunchAsync(sandbox, ("UserData", UserData("acme.example")));
        using var kept = new TcpClient();
        await kept.ConnectAsync(IPEndPoint.Parse(sandbox.ConnectTo[Elastic + ":80"]));
        await kept.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: acme.example\r\n\r\n"u8.ToArray());
        Assert.True(await kept.GetStream().ReadAsync(new byte[4096]) > 0);

        await EventuallyAsync(async () =>
        {
            Assert.Equal(HttpStatusCode.OK, (await RawEc2.CallAsync(sandbox, "AssociateAddress", ("PublicIp", Elastic), ("InstanceId", id))).Status);
            return true;
        });
        using var answer = await EventuallyAsync(() => VisitAsync(sandbox, "http://acme.example/", Elastic));
        Assert.Equal(id, Assert.Single(answer.Headers.GetValues("X-HostingOps-Instance")));
        int rest;
        try
        {
            rest = await kept.GetStream().ReadAsync(new byte[4096]).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (IOException)
        {
            rest = 0;
        }

        Assert.Equal(0, rest);
        await RawEc2.CallAsync(sandbox, "TerminateInstances", ("InstanceId.1", id));
        await Assert.ThrowsAsync<HttpRequestException>(() => VisitAsync(sandbox, "http://acme.example/", Elastic));
    }

    [Fact]
    public async Task A_zone_that_fails_takes_its_instances_with_it_and_gives_them_back()
    {
        await using var sandbox = await StartAsync();
        var old = RawRoute53.Text((await RawEc2.CallAsync(sandbox, "DescribeAddresses")).Body, "instanceId");
        sandbox.StopZone("eu-west-1a");
        Assert.Equal(["eu-west-1a"], sandbox.StoppedZones);

        // Silence, not a refusal: that is what an instance without power looks like.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => VisitAsync(sandbox, "http://acme.example/", Elastic, patience.Token));
        Assert.Equal("impaired", await StatusAsync(sandbox, old));
        Assert.Equal("impaired", RawRoute53.Text((await RawEc2.CallAsync(sandbox, "DescribeAvailabilityZones", ("ZoneName.1", "eu-west-1a"))).Body, "zoneState"));

        (string, string)[] there = [("ImageId", RawEc2.Image), ("MinCount", "1"), ("MaxCount", "1"), ("InstanceType", "t3.micro"), ("Placement.AvailabilityZone", "eu-west-1a"), ("ClientToken", "t-1")];
        var (status, body) = await RawEc2.CallAsync(sandbox, "RunInstances", there);
        Assert.Equal((HttpStatusCode.InternalServerError, "InsufficientInstanceCapacity"), (status, RawRoute53.Text(body, "Code")));
        var elsewhere = await RawEc2.LaunchAsync(sandbox, ("UserData", UserData("acme.example")));
        Assert.Equal("eu-west-1b", RawRoute53.Text((await RawEc2.CallAsync(sandbox, "DescribeInstances", ("InstanceId.1", elsewhere))).Body, "availabilityZone"));
        await EventuallyAsync(async () =>
        {
            Assert.Equal(HttpStatusCode.OK, (await RawEc2.CallAsync(sandbox, "AssociateAddress", ("PublicIp", Elastic), ("InstanceId", elsewhere))).Status);
            return true;
        });
        using var answer = await EventuallyAsync(() => VisitAsync(sandbox, "http://acme.example/", Elastic));
        Assert.Equal(elsewhere, Assert.Single(answer.Headers.GetValues("X-HostingOps-Instance")));

        // Nothing in a failed zone gets further, a termination neither.
        await RawEc2.CallAsync(sandbox, "TerminateInstances", ("InstanceId.1", old));
        await Task.Delay(200);
        Assert.Equal("shutting-down", await StateAsync(sandbox, old));
        sandbox.StartZone("eu-west-1a");
        Assert.Equal("terminated", await StateAsync(sandbox, old));
        Assert.Equal(HttpStatusCode.OK, (await RawEc2.CallAsync(sandbox, "RunInstances", there)).Status);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => sandbox.StopZone("mars-1a")).ErrorId);
    }

    internal static string UserData(params string[] domains) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes("#cloud-config\nserver_name " + string.Join(' ', domains)));

    private static Task<RehearsalSandbox> StartAsync(SandboxOptions? options = null) => QuickSandbox.StartAsync(
        SampleInventory.Create(),
        options ?? QuickSandbox.Options with { Timings = QuickSandbox.Options.Timings with { InstanceBoot = TimeSpan.FromMilliseconds(50), AddressVisible = TimeSpan.Zero } });

    private static async Task<string> StatusAsync(RehearsalSandbox sandbox, string id) => (await RawEc2.CallAsync(
        sandbox, "DescribeInstanceStatus", ("InstanceId.1", id))).Body.Descendants().First(element => element.Name.LocalName == "systemStatus").Elements().First().Value;

    private static async Task<string> StateAsync(RehearsalSandbox sandbox, string id) =>
        RawRoute53.Text((await RawEc2.CallAsync(sandbox, "DescribeInstances", ("InstanceId.1", id))).Body, "name");

    // Tries as long as a patient admin would; what it waits for takes a fraction of a second.
    private static async Task<T> EventuallyAsync<T>(Func<Task<T>> look)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await look();
            }
            catch (Exception error) when (attempt < 200 && error is HttpRequestException or Xunit.Sdk.XunitException)
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task<HttpResponseMessage> VisitAsync(RehearsalSandbox sandbox, string url, string publicIp, CancellationToken cancellationToken = default)
    {
        var port = new Uri(url).Port;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Issuer == "CN=HostingOps sandbox authority" },
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPEndPoint.Parse(sandbox.ConnectTo[$"{publicIp}:{port}"]), stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        return await client.GetAsync(new Uri(url), cancellationToken);
    }
}
