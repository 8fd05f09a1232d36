using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Publishing;

/// <summary>A real sshd on loopback with keys of its own, and an ssh that uses nothing of the user's.</summary>
internal sealed class RealSshd : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Process process;
    private readonly string clientConfig;

    public RealSshd()
    {
        Skip.If(OperatingSystem.IsWindows(), "sshd is run as on Unix");
        var sshd = RealPart.Require("sshd");
        var ssh = RealPart.Require("ssh");
        RealPart.Require("flock");
        if (Environment.IsPrivilegedProcess)
        {
            Directory.CreateDirectory("/run/sshd");
        }

        MakeKey("host");
        MakeKey("user");
        File.Copy(folder.Combine("user.pub"), folder.Combine("authorized"));
        Port = FreePort();
        KnownHosts = folder.Write("known_hosts", Line("host.pub"));
        var config = folder.Write("client", $"""
            Host *
              IdentityFile {folder.Combine("user")}
              IdentitiesOnly yes
              IdentityAgent none
              UserKnownHostsFile {KnownHosts}
              GlobalKnownHostsFile none
              NoHostAuthenticationForLocalhost yes
              StrictHostKeyChecking no
            """);
        PidFile = folder.Combine("ssh.pid");
        clientConfig = config;
        Client = folder.Write("ssh", $"#!/bin/sh\necho $$ > '{PidFile}'\nexec '{ssh}' -F '{config}' \"$@\"\n");
        Process.Start("chmod", ["+x", Client]).WaitForExit();
        folder.Write("server", string.Create(CultureInfo.InvariantCulture, $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {folder.Combine("host")}
            AuthorizedKeysFile {folder.Combine("authorized")}
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            MaxStartups 100
            """));
        process = Process.Start(new ProcessStartInfo(sshd, ["-D", "-e", "-f", folder.Combine("server")]) { RedirectStandardError = true })!;
        process.BeginErrorReadLine();
        Wait(Port);
    }

    public int Port { get; }

    public string KnownHosts { get; }

    /// <summary>The program to call for ssh.</summary>
    public string Client { get; }

    /// <summary>Holds the process id of the ssh that was started last.</summary>
    public string PidFile { get; }

    public SshDestination Destination => new(Environment.UserName, "127.0.0.1", Port);

    /// <summary>What else the user's configuration says.</summary>
    public void Configure(string lines) => File.AppendAllText(clientConfig, "\n" + lines + "\n");

    /// <summary>known_hosts forgets the host, or has another key for it.</summary>
    public void Know(bool anotherKey)
    {
        if (anotherKey)
        {
            MakeKey("other");
        }

        File.WriteAllText(KnownHosts, anotherKey ? Line("other.pub") : "");
    }

    /// <summary>A known_hosts file elsewhere that has the right key.</summary>
    public string KnownElsewhere() => folder.Write("known elsewhere", Line("host.pub"));

    public static int FreePort() => FreePorts.Next(IPAddress.Loopback);

    public static void Wait(int port)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var socket = new TcpClient("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (tries < 600)
            {
                Thread.Sleep(50);
            }
        }
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        folder.Dispose();
    }

    private string Line(string publicKey) =>
        string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{Port} {string.Join(' ', File.ReadAllText(folder.Combine(publicKey)).Split(' ').Take(2))}\n");

    private void MakeKey(string name) =>
        Process.Start(new ProcessStartInfo("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder.Combine(name)]))!.WaitForExit();
}
