using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Dns;

/// <summary>A real bind9 or knot that serves the zone example.test from a folder of its own, on loopback.</summary>
internal sealed class RealNameServer : IAsyncDisposable
{
    public const string Zone = "example.test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly StringBuilder log = new();
    private readonly string program;
    private readonly string executable;
    private Process? process;
    private int serial;
    private string zone = Zone;

    private RealNameServer(string program, IPEndPoint endpoint)
    {
        this.program = program;
        executable = RealPart.Require(program);
        Endpoint = endpoint;
    }

    public IPEndPoint Endpoint { get; }

    public AuthoritativeServer Server => new() { Name = program + ".example.test", Endpoints = [Endpoint] };

    /// <summary>Starts named or knotd with these records besides SOA and NS.</summary>
    public static async Task<RealNameServer> StartAsync(string program, string records, IPAddress? address = null)
    {
        var server = new RealNameServer(program, new IPEndPoint(address ?? IPAddress.Loopback, FreePort(address ?? IPAddress.Loopback)));
        try
        {
            await server.ServeAsync(records);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts named with another zone, from a whole zone file.</summary>
    public static async Task<RealNameServer> StartWithFileAsync(string zone, string text)
    {
        var server = new RealNameServer("named", new IPEndPoint(IPAddress.Loopback, FreePort(IPAddress.Loopback))) { zone = zone };
        try
        {
            await server.ServeFileAsync(text);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the server and starts it with other records on the same port.</summary>
    public Task ServeAsync(string records) => ServeFileAsync($"""
            $ORIGIN {Zone}.
            $TTL 60
            @ IN SOA ns hostmaster {++serial} 7200 900 1209600 300
            @ IN NS ns
            ns IN A 127.0.0.1
            {records}

            """);

    private async Task ServeFileAsync(string text)
    {
        await StopAsync();
        folder.Write("zone", text);
        var configuration = folder.Write("conf", program == "named" ? NamedConfiguration() : KnotConfiguration());
        var start = new ProcessStartInfo(executable, program == "named" ? ["-g", "-c", configuration] : ["-c", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += Log;
        process.ErrorDataReceived += Log;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitUntilItAnswersAsync();
    }

    public async Task StopAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    private static int FreePort(IPAddress address)
    {
        using var tcp = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        tcp.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)tcp.LocalEndPoint!).Port;
    }

    private async Task WaitUntilItAnswersAsync()
    {
        var client = new DnsClient(TimeProvider.System);
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var answer = await client.QueryAsync(Endpoint, zone, DnsRecordType.SOA, TimeSpan.FromSeconds(2), CancellationToken.None);
                if (answer.IsAuthoritative && answer.Answers.Count == 1)
                {
                    return;
                }
            }
            catch (HostingException) when (started.Elapsed < Patience && !process!.HasExited)
            {
                // Not up yet.
            }

            Assert.True(started.Elapsed < Patience && !process!.HasExited, $"{program} does not serve the zone:\n{log}");
            await Task.Delay(50);
        }
    }

    private void Log(object sender, DataReceivedEventArgs line)
    {
        lock (log)
        {
            log.AppendLine(line.Data);
        }
    }

    private string NamedConfiguration()
    {
        var listen = Endpoint.AddressFamily == AddressFamily.InterNetwork
            ? $$"""listen-on port {{Endpoint.Port}} { 127.0.0.1; }; listen-on-v6 { none; };"""
            : $$"""listen-on { none; }; listen-on-v6 port {{Endpoint.Port}} { ::1; };""";
        return $$"""
            options {
              directory "{{folder.Path}}"; {{listen}}
              pid-file none; session-keyfile none; recursion no; dnssec-validation no; minimal-responses yes; check-names primary ignore;
            };
            controls { };
            zone "{{zone}}" { type primary; file "{{folder.Path}}/zone"; };
            """;
    }

    private string KnotConfiguration() => $"""
        server:
            listen: {Endpoint.Address}@{Endpoint.Port}
            rundir: {folder.Path}
        control:
            listen: {folder.Path}/control.sock
        database:
            storage: {folder.Path}
        log:
          - target: stderr
            any: info
        zone:
          - domain: {zone}
            file: {folder.Path}/zone
            zonefile-sync: -1
            journal-content: none
        """;
}
