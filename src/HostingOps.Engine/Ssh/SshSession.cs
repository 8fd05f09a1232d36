using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace HostingOps.Engine.Ssh;

/// <summary>One ssh under way: a script goes in, lines come out. Cancelling, or leaving it before its end, kills it.</summary>
internal sealed class SshSession : IAsyncDisposable
{
    private const int StderrKept = 2000;
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly SshDestination destination;
    private readonly TimeProvider time;
    private readonly CancellationToken cancellationToken;
    private readonly CancellationTokenRegistration killing;
    private readonly Task writing;
    private readonly Task errors;
    private readonly StringBuilder heard = new();
    private Task? drained;

    public SshSession(Process process, string script, SshDestination destination, TimeProvider time, CancellationToken cancellationToken)
    {
        this.process = process;
        this.destination = destination;
        this.time = time;
        this.cancellationToken = cancellationToken;
        killing = cancellationToken.Register(Kill);
        errors = ReadErrorsAsync();
        writing = Task.Run(() => WriteAsync(script), CancellationToken.None);
    }

    /// <summary>The next line, or null at the end or when none came in time (the ssh is killed then).</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<string?> ReadLineAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        using var expiry = deadline.Token.Register(Kill);
        string? line;
        try
        {
            line = await process.StandardOutput.ReadLineAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException)
        {
            line = null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (line is null && deadline.IsCancellationRequested)
        {
            TimedOut = true;
        }

        return line;
    }

    /// <summary>Whether it was killed because no line came in time.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>Tells the script a line. That it was lost shows in what the script says next.</summary>
    public async Task SendLineAsync(string line)
    {
        await writing.ConfigureAwait(false);
        await WriteAsync(line + "\n").ConfigureAwait(false);
    }

    /// <summary>Why it ended without having done its work.</summary>
    public async Task<HostingException> FailureAsync()
    {
        if (TimedOut)
        {
            return new HostingException(
                ErrorIds.SshConnectionFailed, HostingErrorCategory.OperationTimeout, destination.ToString(), $"{destination} did not answer in time over ssh.", "Check that the host is up, and that ssh to it works by hand.");
        }

        // Its output has ended, so that it is about to; what it says last tells why. A program of the user's configuration
        // that goes on by itself may hold this open for good.
        await DrainAsync().ConfigureAwait(false);
        Kill();
        lock (heard)
        {
            return SshFailure.From(destination, heard.ToString());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await killing.DisposeAsync().ConfigureAwait(false);
        Kill();
        await DrainAsync().ConfigureAwait(false);
        process.Dispose();
    }

    private Task DrainAsync() => drained ??= Task.WhenAny(Task.WhenAll(errors, writing), Task.Delay(DrainTime, time, CancellationToken.None));

    private void Kill()
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in this moment.
        }
    }

    private async Task WriteAsync(string text)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
            await process.StandardInput.BaseStream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It has ended; what it said last tells why.
        }
    }

    private async Task ReadErrorsAsync()
    {
        var buffer = new char[1024];
        try
        {
            while (await process.StandardError.ReadAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false) is > 0 and var count)
            {
                lock (heard)
                {
                    heard.Append(buffer, 0, count);
                    heard.Remove(0, Math.Max(0, heard.Length - StderrKept));
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // What came so far is enough.
        }
    }
}
