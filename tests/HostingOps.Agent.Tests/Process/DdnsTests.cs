using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Agent.ExitCodes;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Process;

/// <summary>Records that follow an address, by the agent as cron and systemd run it.</summary>
public sealed class DdnsTests
{
    [Fact]
    public async Task Once_writes_what_has_settled_and_its_exit_code_is_honest()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        using var services = new AddressServices();
        var inventory = services.InventoryFor(rehearsal);

        var shown = (await AgentProcess.RunAsync(rehearsal.Home, "ddns", "--what-if", "--inventory", inventory)).Ended(ExitCode.Success);
        Assert.Contains("none -> 5.9.1.1", shown.Out, StringComparison.Ordinal);
        Assert.Contains("Would be written.", shown.Out, StringComparison.Ordinal);

        var written = (await AgentProcess.RunAsync(rehearsal.Home, "ddns", "--once", "--json", "--inventory", inventory)).Ended(ExitCode.Success).Json;
        Assert.Equal("Updated", written[0].GetProperty("outcome").GetString());
        Assert.Equal("5.9.1.1", written[0].GetProperty("to").GetString());
        Assert.True(written[0].GetProperty("verified").GetBoolean());

        services.Says = null;
        var unknown = (await AgentProcess.RunAsync(rehearsal.Home, "ddns", "office", "--once", "--inventory", inventory)).Ended(ExitCode.Undetermined);
        Assert.Contains("AddressUnknown", unknown.Out, StringComparison.Ordinal);
        (await AgentProcess.RunAsync(rehearsal.Home, "ddns", "nosuch", "--once", "--inventory", inventory)).Ended(ExitCode.Error);
        (await AgentProcess.RunAsync(rehearsal.Home, "ddns", "--override", "AddressAgreed", "--once", "--inventory", inventory)).Ended(ExitCode.Usage);
    }

    [SkippableFact]
    public async Task As_a_loop_it_goes_on_until_SIGTERM_and_leaves_one_document()
    {
        var kill = RealPart.Require("kill");
        await using var rehearsal = await Rehearsal.StartAsync();
        using var services = new AddressServices();
        using var agent = AgentProcess.Start(rehearsal.Home, null, "ddns", "--json", "--interval", "1", "--inventory", services.InventoryFor(rehearsal));

        // Two services are asked in each run; by the fourth run the first three have ended.
        var deadline = DateTime.UtcNow.AddMinutes(1);
        while (services.Asked < 8 && DateTime.UtcNow < deadline)
        {
            await Task.Delay(50);
        }

        using (var sent = System.Diagnostics.Process.Start(kill, ["-TERM", agent.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await sent.WaitForExitAsync();
        }

        var run = await agent.EndAsync();

        // Between two runs the signal is the loop's own end; within one it is an interruption.
        Assert.Contains(run.Code, new[] { (int)ExitCode.Success, (int)ExitCode.Interrupted });
        Assert.Equal(["Updated", "Unchanged"], run.Json.EnumerateArray().Select(static result => result.GetProperty("outcome").GetString()));
    }

    private sealed class AddressServices : IDisposable
    {
        private readonly TcpListener[] listeners = [new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0)];
        private int asked;

        public AddressServices()
        {
            foreach (var listener in listeners)
            {
                listener.Start();
                _ = ServeAsync(listener);
            }
        }

        /// <summary>What they answer; null for a page.</summary>
        public string? Says { get; set; } = "5.9.1.1";

        public int Asked => asked;

        public string InventoryFor(Rehearsal rehearsal) => rehearsal.Home.Write(
            "ddns.yml",
            File.ReadAllText(rehearsal.Sandbox.InventoryPath)
                + $"dynamicDns: [{{ record: office, settleCount: 1, settleTime: 0s, floor: 0s, sources: [{string.Join(", ", listeners.Select(static listener => $"\"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/\""))}] }}]\n");

        public void Dispose()
        {
            foreach (var listener in listeners)
            {
                listener.Stop();
            }
        }

        private async Task ServeAsync(TcpListener listener)
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref asked);
                    var stream = client.GetStream();
                    _ = await stream.ReadAsync(new byte[4096]);
                    var body = Says ?? "<html>";
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
                }
            }
            catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
