using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.State;

namespace HostingOps.Sandbox.Apex;

/// <summary>One running nginx. It ends with its instance, and with this process however that ends.</summary>
internal sealed class NginxProcess : IRunningSoftware
{
    // The shell waits for the end of its input, which comes when we close it and when we are killed. Nothing is spliced into it.
    private const string Watch = "\"$0\" -p \"$1\" -c \"$2\" </dev/null >\"$3\" 2>&1 & nginx=$!; cat >/dev/null; kill -9 $nginx; wait $nginx 2>/dev/null";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly ScratchFolder folder;
    private readonly NginxPrefix prefix;
    private readonly Process shell;

    private NginxProcess(ScratchFolder folder, NginxPrefix prefix, Process shell) => (this.folder, this.prefix, this.shell) = (folder, prefix, shell);

    /// <inheritdoc/>
    public IPEndPoint? Http => prefix.Http;

    /// <inheritdoc/>
    public IPEndPoint? Https => prefix.Https;

    /// <summary>Starts it.</summary>
    /// <exception cref="IOException">There is no shell.</exception>
    public static NginxProcess Start(string program, ScratchFolder folder, NginxPrefix prefix)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Watch, program, prefix.Folder + "/", prefix.MainFile, prefix.LogFile])
        {
            WorkingDirectory = prefix.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        try
        {
            return new NginxProcess(folder, prefix, Process.Start(start)!);
        }
        catch (Win32Exception error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>Waits until it listens.</summary>
    /// <exception cref="IOException">It does not; the message is nginx's own.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await ListensAsync(prefix.Https, cancellationToken).ConfigureAwait(false))
        {
            if (Complaint() is { } complaint)
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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync().ConfigureAwait(false);
        shell.Dispose();
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

    private string? Complaint()
    {
        try
        {
            return File.ReadLines(prefix.LogFile).FirstOrDefault(static line => line.Contains("[emerg]", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // The shell has not made it yet.
            return null;
        }
    }
}
