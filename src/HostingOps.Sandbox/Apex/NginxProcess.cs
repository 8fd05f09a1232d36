using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.State;

namespace HostingOps.Sandbox.Apex;

/// <summary>One running nginx. It ends with its instance, and with this process however that ends.</summary>
internal sealed class NginxProcess : IRunningSoftware
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly ScratchFolder folder;
    private readonly NginxPrefix prefix;
    private readonly WatchedProcess process;
    private SshProcess? ssh;

    private NginxProcess(ScratchFolder folder, NginxPrefix prefix, WatchedProcess process) => (this.folder, this.prefix, this.process) = (folder, prefix, process);

    /// <inheritdoc/>
    public IPEndPoint? Http => prefix.Http;

    /// <inheritdoc/>
    public IPEndPoint? Https => prefix.Https;

    /// <inheritdoc/>
    public IPEndPoint? Ssh => ssh?.Endpoint;

    /// <inheritdoc/>
    public string Console => ConsoleText.Write(ssh?.HostKeys);

    /// <summary>Starts it.</summary>
    /// <exception cref="IOException">There is no shell.</exception>
    public static NginxProcess Start(string program, ScratchFolder folder, NginxPrefix prefix) =>
        new(folder, prefix, WatchedProcess.Start(prefix.Folder, prefix.LogFile, program, "-p", prefix.Folder + "/", "-c", prefix.MainFile));

    /// <summary>Waits until it listens.</summary>
    /// <exception cref="IOException">It does not; the message is nginx's own.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await ListensAsync(prefix.Http, cancellationToken).ConfigureAwait(false))
        {
            if (process.Said("[emerg]") is { } complaint)
            {
                throw complaint.Contains("Address already in use", StringComparison.Ordinal) ? new AddressTakenException(complaint) : new IOException(complaint);
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new IOException(FormattableString.Invariant($"it did not listen within {Patience.TotalSeconds:0} s"));
            }

            await Task.Delay(Interval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Puts a real sshd beside it.</summary>
    /// <exception cref="IOException">It does not start.</exception>
    public async Task AddSshAsync(Func<Task<SshProcess>> start) => ssh = await start().ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (ssh?.DisposeAsync() ?? ValueTask.CompletedTask).ConfigureAwait(false);
        await process.DisposeAsync().ConfigureAwait(false);
        folder.Dispose();
    }

    private static async Task<bool> ListensAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
