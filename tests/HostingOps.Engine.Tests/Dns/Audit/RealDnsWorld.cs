using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>
/// A small Internet of real servers on loopback, at one port of several addresses: knot as root, registry, hoster and our zone;
/// bind9, which listens at none but the interface's own address, as the hoster's second name server, and to those who want
/// recursion as a resolver that validates by the registry's key.
/// </summary>
public sealed class RealDnsWorld : IAsyncLifetime
{
    public const string Root = "127.0.0.11";
    public const string Registry = "127.0.0.12";
    public const string Hoster1 = "127.0.0.13";
    public const string Hoster2 = "127.0.0.1";
    public const string Ours = "127.0.0.15";
    public const string Resolver = "127.0.0.1";

    private static readonly string[] Signed = ["good", "wrong", "old", "soon"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();
    private readonly List<Process> processes = [];
    private readonly StringBuilder log = new();

    /// <summary>Why it is not there, or null.</summary>
    public Exception? Missing { get; private set; }

    public int Port { get; private set; }

    public async Task InitializeAsync()
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new SkipException("Other systems have 127.0.0.1 only.");
            }

            foreach (var program in new[] { "named", "knotd", "dnssec-signzone", "dnssec-keygen", "dnssec-dsfromkey" })
            {
                RealPart.Require(program);
            }
        }
#pragma warning disable CA1031 // A fixture can't skip: each test does, with this reason.
        catch (Exception reason)
#pragma warning restore CA1031
        {
            Missing = reason;
            return;
        }

        Port = FreePort();
        await WriteZonesAsync();
        StartKnot("top", [Root, Ours], [".", "sites.example.net"]);
        StartKnot("registry", [Registry], ["example", "net"]);
        StartKnot("hoster", [Hoster1], ["hoster.example", "plain.example", "lame.example", .. Signed.Select(static site => site + ".example")]);
        Start("named", "-g", "-c", folder.Write("named.conf", Named()));
        await UntilAsync(Hoster1, "plain.example", recursion: false);
        await UntilAsync(Hoster2, "plain.example", recursion: false);
        await UntilAsync(Resolver, "plain.example", recursion: true);
    }

    public async Task DisposeAsync()
    {
        foreach (var process in processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        folder.Dispose();
    }

    private async Task WriteZonesAsync()
    {
        var delegations = new StringBuilder();
        foreach (var site in new[] { "good", "wrong", "old", "soon", "plain", "lame" })
        {
            delegations.Append(null, $"{site} NS ns1.hoster\n{site} NS ns2.hoster\n");
            var text = Zone($"{site}.example", $"@ A 198.51.100.99\nwww CNAME {site}.sites.example.net.\n@ NS ns1.hoster.example.\n@ NS ns2.hoster.example.\n");
            if (!Signed.Contains(site))
            {
                folder.Write($"{site}.example.zone", text);
                continue;
            }

            var signer = await SignAsync($"{site}.example", text, site switch { "old" => ("-30d", "-1d"), "soon" => ("-30d", "+1d"), _ => ("-1d", "+30d") });
            delegations.Append(null, $"{(site == "wrong" ? signer[..^4] + "0000" : signer)}\n");
        }

        folder.Write("plain.example.other.zone", Zone("plain.example", "@ A 192.0.2.200\nwww CNAME plain.sites.example.net.\n@ NS ns1.hoster.example.\n@ NS ns2.hoster.example.\n").Replace(" 7 ", " 6 "));
        folder.Write("root.zone", Zone(".", $"@ NS a.root.\na.root. A {Root}\nexample NS a.nic.example.\nnet NS a.nic.example.\na.nic.example. A {Registry}\n"));
        folder.Write("hints", $". 3600 NS a.root.\na.root. 3600 A {Root}\n");
        folder.Write("net.zone", Zone("net", $"@ NS a.nic.example.\nsites.example NS ns.sites.example\nns.sites.example A {Ours}\n"));
        folder.Write("hoster.example.zone", Zone("hoster.example", $"@ NS ns1\n@ NS ns2\nns1 A {Hoster1}\nns2 A {Hoster2}\n"));
        folder.Write(
            "sites.example.net.zone",
            Zone("sites.example.net", $"@ NS ns\nns A {Ours}\n" + string.Concat(new[] { "good", "wrong", "old", "soon", "plain", "lame" }.Select(static site => $"{site} 60 A 203.0.113.10\n"))));
        await SignAsync(
            "example",
            Zone("example", $"@ NS a.nic.example.\na.nic A {Registry}\nhoster NS ns1.hoster\nhoster NS ns2.hoster\nns1.hoster A {Hoster1}\nns2.hoster A {Hoster2}\n{delegations}"),
            ("-1d", "+30d"));
    }

    private static string Zone(string name, string records) => $"$ORIGIN {name.TrimEnd('.')}.\n$TTL 300\n@ SOA a. b. 7 7200 900 1209600 60\n{records}";

    /// <summary>Makes a key, signs the zone with it, and gives the DS record.</summary>
    private async Task<string> SignAsync(string zone, string text, (string From, string To) dates)
    {
        var key = (await RunAsync("dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", "-K", folder.Path, zone)).Trim();
        folder.Write($"{zone}.unsigned", text + await File.ReadAllTextAsync(Path.Combine(folder.Path, key + ".key")));
        await RunAsync(
            "dnssec-signzone", "-q", "-z", "-P", "-s", Date(dates.From), "-e", Date(dates.To), "-K", folder.Path, "-o", zone, "-f", Path.Combine(folder.Path, $"{zone}.zone"), Path.Combine(folder.Path, $"{zone}.unsigned"), key);
        File.Copy(Path.Combine(folder.Path, key + ".key"), Path.Combine(folder.Path, $"{zone}.key"));
        return (await RunAsync("dnssec-dsfromkey", "-2", Path.Combine(folder.Path, key + ".key"))).Trim();
    }

    private static string Date(string days) => DateTime.UtcNow.AddDays(int.Parse(days.TrimEnd('d'))).ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(RealPart.Require(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await error}");
        return output;
    }

    private string Named()
    {
        var key = File.ReadAllText(Path.Combine(folder.Path, "example.key")).Split('\n').Last(static line => line.StartsWith("example.", StringComparison.Ordinal));
        var data = key[(key.IndexOf("DNSKEY", StringComparison.Ordinal) + "DNSKEY ".Length)..].Split(' ', 4);
        return $$"""
            options {
              directory "{{folder.Path}}"; port {{Port}}; listen-on { 127.0.0.1; }; listen-on-v6 { none; };
              pid-file none; session-keyfile none; empty-zones-enable no; notify no;
            };
            controls { };
            view resolver {
              match-recursive-only yes; recursion yes; dnssec-validation yes;
              trust-anchors { "example." static-key {{data[0]}} {{data[1]}} {{data[2]}} "{{data[3].Trim()}}"; };
              zone "." { type hint; file "hints"; };
            };
            view hoster {
              recursion no; dnssec-validation no;
              zone "hoster.example" { type primary; file "hoster.example.zone"; };
              zone "plain.example" { type primary; file "plain.example.other.zone"; };
              {{string.Concat(Signed.Select(static site => $"zone \"{site}.example\" {{ type primary; file \"{site}.example.zone\"; }}; "))}}
            };
            """;
    }

    private void StartKnot(string name, string[] addresses, string[] zones)
    {
        // Two of them can't share a folder: its PID file stands for the one that runs.
        var own = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        Start("knotd", "-c", folder.Write($"{name}.conf", $"""
            server:
                listen: [{string.Join(", ", addresses.Select(address => $"{address}@{Port}"))}]
                rundir: {own}
                udp-workers: 1
                tcp-workers: 1
                background-workers: 1
            control:
                listen: {own}/control.sock
            database:
                storage: {own}
            log:
              - target: stderr
                any: warning
            template:
              - id: default
                storage: {folder.Path}
                zonefile-sync: -1
                journal-content: none
            zone:
            """ + string.Concat(zones.Select(static zone => $"\n  - domain: {zone}\n    file: {(zone == "." ? "root" : zone)}.zone")) + "\n"));
    }

    private void Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(RealPart.Require(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += Log;
        process.ErrorDataReceived += Log;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        processes.Add(process);
    }

    private void Log(object sender, DataReceivedEventArgs line)
    {
        lock (log)
        {
            log.AppendLine(line.Data);
        }
    }

    private async Task UntilAsync(string address, string name, bool recursion)
    {
        var client = new DnsClient();
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var answer = await client.QueryAsync(new IPEndPoint(IPAddress.Parse(address), Port), new DnsAsk(new DnsQuestion(DnsName.Parse(name), DnsRecordType.A), recursion), TimeSpan.FromSeconds(5), default);
                if (answer.ResponseCode == DnsResponseCode.NoError && answer.Answers.Count == 1)
                {
                    return;
                }
            }
            catch (HostingException)
            {
                // Not up yet.
            }

            Assert.True(started.Elapsed < Patience && processes.All(static process => !process.HasExited), $"{address} does not answer:\n{log}");
            await Task.Delay(50);
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
