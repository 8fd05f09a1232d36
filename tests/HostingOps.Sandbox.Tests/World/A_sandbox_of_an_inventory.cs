using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Inventory;

namespace HostingOps.Sandbox.Tests.World;

public sealed class A_sandbox_of_an_inventory
{
    [Fact]
    public async Task Is_the_same_inventory_with_endpoints_on_loopback_and_nothing_that_reaches_out()
    {
        await using var sandbox = await QuickSandbox.StartAsync(SampleInventory.Create("https://observer.example"), QuickSandbox.Options);
        var inventory = sandbox.Inventory;
        Assert.Equal(new AwsSettings { Region = "eu-west-1", EndpointUrl = sandbox.EndpointUrl }, inventory.Aws);
        Assert.Equal([sandbox.NameServer], inventory.NameServers);
        Assert.All(inventory.Hosts.Values, host => Assert.All(host.ConnectTo.Values, target => Assert.StartsWith("127.0.0.1:", target)));
        Assert.Equal([80, 443, 8443], inventory.Hosts["li-1"].ConnectTo.Keys.Order());
        Assert.Equal("203.0.113.10", inventory.Hosts["do-1"].Address);
        Assert.Same(inventory.Hosts["do-1"], inventory.Sites[0].Primary);
        Assert.All(inventory.Sites, site => Assert.Equal(new SiteHooks().Fence, site.Hooks.Fence));
        Assert.Empty(inventory.Notifications);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Assert.Single(inventory.Policy.ObserverChecks))).StatusCode);
        Assert.Contains("BEGIN CERTIFICATE", await File.ReadAllTextAsync(inventory.Sites[0].Check.CaFile!));
    }

    [Fact]
    public async Task Is_found_by_the_zone_s_name_whatever_the_id_of_the_real_one()
    {
        await using var sandbox = await QuickSandbox.StartAsync(SampleInventory.Create() with { ZoneId = "Z0REALONE" }, QuickSandbox.Options);
        Assert.Null(sandbox.Inventory.ZoneId);
        Assert.Null(InventoryLoader.Load(sandbox.InventoryPath).Inventory!.ZoneId);
    }

    [Fact]
    public async Task Has_a_file_that_loads_back_as_the_same_inventory()
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        var document = InventoryLoader.Load(sandbox.InventoryPath);
        Assert.DoesNotContain(document.Findings, finding => finding.Severity == FindingSeverity.Error);
        var loaded = document.Inventory!;
        Assert.Equal(sandbox.Inventory.Aws, loaded.Aws);
        Assert.Equal(sandbox.Inventory.NameServers, loaded.NameServers);
        Assert.Equal(sandbox.Inventory.Sites.Select(site => site.Record), loaded.Sites.Select(site => site.Record));
        Assert.Equal(sandbox.Inventory.Hosts["li-1"].ConnectTo.OrderBy(port => port.Key), loaded.Hosts["li-1"].ConnectTo.OrderBy(port => port.Key));
        Assert.Equal(sandbox.Inventory.Sites[1].Check.CaFile, loaded.Sites[1].Check.CaFile);
    }

    [Fact]
    public async Task Keeps_hooks_and_notifications_when_asked()
    {
        await using var sandbox = await QuickSandbox.StartAsync(
            SampleInventory.Create(), QuickSandbox.Options with { KeepHooksAndNotifications = true });
        Assert.Single(sandbox.Inventory.Sites[2].Hooks.Fence);
        Assert.Single(sandbox.Inventory.Notifications);
    }

    [Fact]
    public async Task Is_gone_when_disposed_of_even_with_visitors_inside()
    {
        var sandbox = await QuickSandbox.StartAsync();
        var folder = Path.GetDirectoryName(sandbox.InventoryPath)!;
        var target = IPEndPoint.Parse(sandbox.Inventory.Hosts["do-1"].ConnectTo[80]);
        sandbox.SetFault("acme", "do-1", SandboxFault.Silent);
        using var visitor = new TcpClient();
        await visitor.ConnectAsync(target);
        await visitor.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: www.acme.example\r\n\r\n"u8.ToArray());
        using var idle = new TcpClient();
        await idle.ConnectAsync(IPEndPoint.Parse(sandbox.Inventory.Hosts["do-1"].ConnectTo[443]));

        await sandbox.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        await sandbox.DisposeAsync();
        Assert.False(sandbox.IsRunning);
        Assert.False(Directory.Exists(folder));
        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(async () => await late.ConnectAsync(target));
        Assert.Equal(ErrorIds.SandboxFailed, Assert.Throws<HostingException>(() => sandbox.StopHost("do-1")).ErrorId);
    }

    [Fact]
    public async Task Knows_its_sites_and_hosts_and_nothing_else()
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        Assert.Equal(ErrorIds.HostNotFound, Assert.Throws<HostingException>(() => sandbox.StopHost("do-2")).ErrorId);
        Assert.Equal(ErrorIds.SiteNotFound, Assert.Throws<HostingException>(() => sandbox.SetFault("acne", null, SandboxFault.Slow)).ErrorId);
        Assert.Equal(ErrorIds.HostNotFound, Assert.Throws<HostingException>(() => sandbox.SetFault("acme", "home-1", SandboxFault.Slow)).ErrorId);
    }
}
