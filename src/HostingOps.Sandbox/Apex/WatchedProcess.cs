using System.ComponentModel;
using System.Diagnostics;

namespace HostingOps.Sandbox.Apex;

/// <summary>A server's process. It ends when it is disposed of, and with this process however that ends.</summary>
internal sealed class WatchedProcess : IAsyncDisposable
{
    // The shell waits for the end of its input, which comes when we close it and when we are killed, and not for a key of the
    // terminal's. A server of several processes ends them all when it is asked to end. Nothing is spliced into it.
    private const string Watch = "trap '' INT HUP; log=$0; \"$@\" </dev/null >\"$log\" 2>&1 & server=$!; cat >/dev/null; kill $server; wait $server 2>/dev/null";

    private readonly Process shell;

    private WatchedProcess(Process shell, string logFile) => (this.shell, LogFile) = (shell, logFile);

    /// <summary>What it says.</summary>
    public string LogFile { get; }

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where it works.</param>
    /// <param name="logFile">Where its output goes.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="IOException">There is no shell.</exception>
    public static WatchedProcess Start(string folder, string logFile, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Watch, logFile, program, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        try
        {
            return new WatchedProcess(Process.Start(start)!, logFile);
        }
        catch (Win32Exception error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>The first line that it has said with that in it, or null.</summary>
    public string? Said(string text)
    {
        try
        {
            return File.ReadLines(LogFile).FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // The shell has not made it yet.
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync().ConfigureAwait(false);
        shell.Dispose();
    }
}
