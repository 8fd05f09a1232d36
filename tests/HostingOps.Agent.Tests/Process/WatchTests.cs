using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using HostingOps.Agent.ExitCodes;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Process;

public sealed class WatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Once_says_how_the_sites_are_and_keeps_it_for_the_next_run()
    {
        await using var rehearsal = await Rehearsal.StartAsync();

        // A stopped host of the sandbox refuses connections, which has to last: here no longer than the test is patient.
        var inventory = await File.ReadAllTextAsync(rehearsal.Sandbox.InventoryPath);
        Assert.Contains("confirmInterval: 200ms", inventory, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            rehearsal.Sandbox.InventoryPath, inventory.Replace("confirmInterval: 200ms", "confirmInterval: 200ms, faultDuration: 1s", StringComparison.Ordinal));
        var well = await rehearsal.RunAsync("watch", "--once", "--every", "60");
        Assert.Equal("2 sites: 2 Healthy.", well.Out.Trim());
        Assert.Equal((int)ExitCode.Success, well.Code);

        rehearsal.Sandbox.StopHost("do-1");
        var down = await rehearsal.RunAsync("watch", "--once", "--json");
        Assert.Equal((int)ExitCode.Down, down.Code);
        var changes = down.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        var last = changes.Last(change => change.GetProperty("siteName").GetString() == "acme");
        Assert.Equal(("Suspect", "Down", "do-1"), (last.GetProperty("from").GetString(), last.GetProperty("to").GetString(), last.GetProperty("hostName").GetString()));
    }

    [SkippableFact]
    public async Task A_second_watcher_gives_way_SIGHUP_reads_the_inventory_again_and_SIGTERM_is_a_normal_end()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals");
        await using var rehearsal = await Rehearsal.StartAsync();
        using var systemd = new NotifySocket(rehearsal.Home);
        using var watch = rehearsal.Start(systemd.Environment, "watch", "--json", "--no-metrics");
        await systemd.SeenAsync("READY=1");
        await systemd.SeenAsync("WATCHDOG=1");

        var second = await rehearsal.RunAsync("watch");
        Assert.Equal((int)ExitCode.Conflict, second.Code);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"process {watch.Id}"), second.Error, StringComparison.Ordinal);

        await SignalAsync(watch.Id, "HUP");
        await systemd.SeenAsync("RELOADING=1");
        await systemd.SeenAsync("READY=1");
        await SignalAsync(watch.Id, "TERM");
        var run = await watch.EndAsync();
        Assert.Equal((int)ExitCode.Success, run.Code);
        Assert.Equal("", run.Error);
        await systemd.SeenAsync("STOPPING=1");

        // The lease is free again at once.
        Assert.Equal((int)ExitCode.Success, (await rehearsal.RunAsync("watch", "--once")).Code);
    }

    [SkippableFact]
    public async Task For_people_it_says_what_it_watches_and_what_is_wrong_with_a_broken_inventory_in_one_line()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals");
        await using var rehearsal = await Rehearsal.StartAsync();
        using var systemd = new NotifySocket(rehearsal.Home);
        using var watch = rehearsal.Start(systemd.Environment, "watch", "--no-metrics");
        await systemd.SeenAsync("READY=1");
        await File.AppendAllTextAsync(rehearsal.Sandbox.InventoryPath, "\nsites: [oops");
        await SignalAsync(watch.Id, "HUP");
        await systemd.SeenAsync("RELOADING=1");
        await systemd.SeenAsync("READY=1");
        await SignalAsync(watch.Id, "TERM");
        var run = await watch.EndAsync();

        Assert.Equal((int)ExitCode.Success, run.Code);
        Assert.Equal("Watching 2 sites.", run.Out.Trim());
        var warning = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("warning: The inventory was not read again; the last good one stays in use. ", warning, StringComparison.Ordinal);
        Assert.Matches(@" has \d errors?: \d+:\d+ INV001 ", warning);
    }

    [SkippableFact]
    public async Task A_watcher_that_is_killed_leaves_a_state_that_the_next_one_goes_on_from()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals");
        await using var rehearsal = await Rehearsal.StartAsync();
        using var systemd = new NotifySocket(rehearsal.Home);
        using (var watch = rehearsal.Start(systemd.Environment, "watch", "--json", "--no-metrics"))
        {
            await systemd.SeenAsync("READY=1");
            await SignalAsync(watch.Id, "KILL");
            await watch.EndAsync();
        }

        Assert.Equal("2 sites: 2 Healthy.", (await rehearsal.RunAsync("watch", "--once")).Out.Trim());
    }

    [Fact]
    public async Task Every_needs_once()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        var run = await rehearsal.RunAsync("watch", "--every", "60");
        Assert.Equal((int)ExitCode.Usage, run.Code);
        Assert.Contains("--once", run.Error, StringComparison.Ordinal);
    }

    private static async Task SignalAsync(int process, string signal)
    {
        using var kill = System.Diagnostics.Process.Start(new ProcessStartInfo("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]))!;
        await kill.WaitForExitAsync();
    }

    /// <summary>What systemd would listen on.</summary>
    private sealed class NotifySocket : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        private readonly string path;

        public NotifySocket(TemporaryFolder home)
        {
            path = home.Combine("notify");
            socket.Bind(new UnixDomainSocketEndPoint(path));
        }

        public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path };

        public async Task SeenAsync(string word)
        {
            using var limit = new CancellationTokenSource(Patience);
            var buffer = new byte[4096];
            while (!Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token)).Split('\n').Contains(word))
            {
                // Other news.
            }
        }

        public void Dispose() => socket.Dispose();
    }
}
