# A rehearsal for tests of streaming and stopping: a web server that counts, addresses that never answer, and inventories.
if (-not ('HostingOps.PesterWorld.CountingServer' -as [type])) {
    Add-Type -TypeDefinition @'
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace HostingOps.PesterWorld;

/// <summary>Answers every request with 200 after a delay, and counts the requests.</summary>
public sealed class CountingServer : System.IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly int delay;
    private int requests;

    public CountingServer(int delayMilliseconds)
    {
        delay = delayMilliseconds;
        listener.Start(512);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public int Requests => Volatile.Read(ref requests);

    public void Dispose()
    {
        end.Cancel();
        listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptTcpClientAsync(end.Token));
            }
        }
        catch
        {
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                await stream.ReadAsync(new byte[4096], end.Token);
                Interlocked.Increment(ref requests);
                await Task.Delay(delay, end.Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), end.Token);
            }
        }
        catch
        {
        }
    }
}

/// <summary>A listener whose queue is full, so that the kernel drops what asks for a connection: an address that never answers.</summary>
public sealed class BlackHole : System.IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> fillers = new();

    public BlackHole()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        Port = ((IPEndPoint)listener.LocalEndPoint).Port;
        for (var i = 0; i < 8; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                filler.Connect(IPAddress.Loopback, Port);
            }
            catch (SocketException)
            {
            }

            fillers.Add(filler);
        }
    }

    public int Port { get; }

    public void Dispose()
    {
        fillers.ForEach(static filler => filler.Dispose());
        listener.Dispose();
    }
}
'@
}

# An inventory whose sites all answer (or don't) at one loopback port, over plain HTTP.
function New-PlainInventory([string] $Path, [int] $Port, [int] $Sites, [string] $Timeout = '60s') {
    @(
        'version: 1'
        'zone: sites.example.net'
        "defaults: { check: { scheme: http, timeout: $Timeout, interval: 20m, confirmInterval: 100ms, failAfter: 2 } }"
        'hosts:'
        "  left: { provider: one, address: 203.0.113.10, connectTo: { 80: '127.0.0.1:$Port' } }"
        "  right: { provider: two, address: 198.51.100.7, connectTo: { 80: '127.0.0.1:$Port' } }"
        'sites:'
        foreach ($i in 1..$Sites) { "  s$('{0:d5}' -f $i): { domain: s$i.example, primary: left, secondary: right }" }
    ) | Set-Content $Path
    $Path
}

# The inventory of a rehearsal with many sites, before the sandbox is started with it.
function New-RehearsalInventory([string] $Path, [int] $Sites) {
    @(
        'version: 1'
        'zone: sites.example.net'
        'defaults: { check: { timeout: 60s, interval: 120s, confirmInterval: 100ms, failAfter: 2 }, policy: { cooldown: 1s } }'
        'hosts:'
        '  left: { provider: one, address: 203.0.113.10 }'
        '  right: { provider: two, address: 198.51.100.7 }'
        'sites:'
        foreach ($i in 1..$Sites) { "  s$('{0:d5}' -f $i): { domain: s$i.example, primary: left, secondary: right }" }
        "policy: { maxFailovers: $($Sites + 1), maxFailoverPercent: 100 }"
    ) | Set-Content $Path
    $Path
}

# A sandbox's inventory with something added to a site, or replaced: hooks, which a sandbox leaves out.
function Edit-Inventory([string] $Path, [string] $NewPath, [hashtable] $Hooks = @{}, [string] $NameServer) {
    $site = $null
    @(
        foreach ($line in Get-Content $Path) {
            if ($line -match '^  (\w+):$') { $site = $Matches[1] }
            $line = $NameServer -and $line -match '^nameServers:' ? "nameServers: ['$NameServer']" : $line
            $line
            if ($site -and $line -match '^    secondary:' -and $Hooks[$site]) { "    hooks: $($Hooks[$site])" }
        }
    ) | Set-Content $NewPath
    $NewPath
}

# Waits for something to become true. Never ends a test by itself: what comes after it asserts.
function Wait-Until([scriptblock] $Condition, [int] $Seconds = 60) {
    $end = [DateTime]::UtcNow.AddSeconds($Seconds)
    while (-not (& $Condition) -and [DateTime]::UtcNow -lt $end) { Start-Sleep -Milliseconds 50 }
    [bool](& $Condition)
}

# Starts a script in a PowerShell of its own, so that the test can stop it.
function Start-Script([string] $Script, [string] $Module) {
    $shell = [powershell]::Create()
    $null = $shell.AddScript("Import-Module '$Module'; $Script")
    [pscustomobject]@{ Shell = $shell; Running = $shell.BeginInvoke() }
}

# Stops it; false when that takes as long as what it waits for, which would be minutes.
function Stop-Script($Started) {
    $stopping = $Started.Shell.BeginStop($null, $null)
    $stopped = $stopping.AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds(20))
    $stopped -and $Started.Shell.InvocationStateInfo.State -eq 'Stopped'
}
