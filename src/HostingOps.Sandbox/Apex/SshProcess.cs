using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HostingOps.Sandbox.Apex;

/// <summary>
/// A real sshd for one instance, as this user and on the instance's loopback address, with host keys of its own. Whoever logs in
/// finds the instance's nginx, systemctl and sudo before this machine's own, and its /etc/nginx within the instance's folder.
/// </summary>
internal sealed class SshProcess : IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly WatchedProcess process;

    private SshProcess(WatchedProcess process, IPEndPoint endpoint, IReadOnlyList<string> hostKeys) =>
        (this.process, Endpoint, HostKeys) = (process, endpoint, hostKeys);

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Its host keys as their public files have them.</summary>
    public IReadOnlyList<string> HostKeys { get; }

    /// <summary>Makes a key pair.</summary>
    /// <param name="file">The private key's file; the public one is beside it.</param>
    /// <param name="type">As ssh-keygen has it.</param>
    /// <param name="comment">Its comment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">ssh-keygen fails.</exception>
    public static async Task MakeKeyAsync(string file, string type, string comment, CancellationToken cancellationToken)
    {
        try
        {
            using var keygen = Process.Start(new ProcessStartInfo("ssh-keygen", ["-q", "-t", type, "-N", "", "-C", comment, "-f", file])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            keygen.StandardInput.Close();
            var said = await keygen.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await keygen.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (keygen.ExitCode != 0)
            {
                throw new IOException("ssh-keygen: " + said.Trim());
            }
        }
        catch (Win32Exception error)
        {
            throw new IOException("ssh-keygen: " + error.Message, error);
        }
    }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="program">sshd's full path.</param>
    /// <param name="instance">The instance's folder.</param>
    /// <param name="boot">The instance.</param>
    /// <param name="authorizedKey">The public key that may log in, or null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">It does not start.</exception>
    public static async Task<SshProcess> StartAsync(string program, InstanceShell instance, InstanceBoot boot, string? authorizedKey, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(instance.Folder, "ssh")).FullName;
        var keys = new List<string>();
        foreach (var type in (ReadOnlySpan<string>)["ed25519", "ecdsa"])
        {
            keys.Add(Path.Combine(folder, $"ssh_host_{type}_key"));
        }

        await Task.WhenAll(
            MakeKeyAsync(keys[0], "ed25519", $"root@{boot.InstanceId}", cancellationToken), MakeKeyAsync(keys[1], "ecdsa", $"root@{boot.InstanceId}", cancellationToken)).ConfigureAwait(false);
        var authorized = Path.Combine(folder, "authorized_keys");
        await File.WriteAllTextAsync(authorized, authorizedKey is null ? "" : authorizedKey.Trim() + "\n", cancellationToken).ConfigureAwait(false);
        var login = await instance.WriteAsync(cancellationToken).ConfigureAwait(false);
        if (Environment.IsPrivilegedProcess)
        {
            // sshd locks its unprivileged half in there.
            Directory.CreateDirectory("/run/sshd");
        }

        for (var attempt = 1; ; attempt++)
        {
            var endpoint = new IPEndPoint(boot.Address, NginxSoftware.FreePort(boot.Address));
            var config = Path.Combine(folder, "sshd_config");
            await File.WriteAllTextAsync(config, Configuration(endpoint, keys, authorized, login), cancellationToken).ConfigureAwait(false);
            var process = WatchedProcess.Start(folder, Path.Combine(folder, "sshd.log"), program, "-D", "-e", "-f", config);
            try
            {
                await WaitAsync(process, cancellationToken).ConfigureAwait(false);
                return new SshProcess(process, endpoint, keys.ConvertAll(static key => File.ReadAllText(key + ".pub").Trim()));
            }
            catch (AddressTakenException) when (attempt < Attempts)
            {
                await process.DisposeAsync().ConfigureAwait(false);
            }
            catch
            {
                await process.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static string Configuration(IPEndPoint endpoint, IReadOnlyList<string> hostKeys, string authorized, string login) => string.Create(CultureInfo.InvariantCulture, $"""
        Port {endpoint.Port}
        ListenAddress {endpoint.Address}
        {string.Join('\n', hostKeys.Select(static key => $"HostKey \"{key}\""))}
        AuthorizedKeysFile "{authorized}"
        ForceCommand "{login}"
        PidFile none
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitUserEnvironment no
        PermitUserRC no
        DisableForwarding yes
        PrintMotd no
        MaxStartups 100

        """);

    private static async Task WaitAsync(WatchedProcess process, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (process.Said("Server listening on") is null)
        {
            if (process.Said("Address already in use") is { } taken)
            {
                throw new AddressTakenException(taken);
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new IOException(FormattableString.Invariant($"sshd did not listen within {Patience.TotalSeconds:0} s: {process.Said("") ?? "it said nothing"}"));
            }

            await Task.Delay(Interval, cancellationToken).ConfigureAwait(false);
        }
    }
}
