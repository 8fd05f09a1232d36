using System.Diagnostics;

namespace HostingOps.Cmdlets.Tests.Module;

/// <summary>A pwsh of its own that runs one script or command to its end.</summary>
internal sealed class PowerShellProcess(string pwsh)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <exception cref="TimeoutException">It did not end; it was killed, and the message has what it had written.</exception>
    public async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(pwsh) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])["-NoProfile", "-NonInteractive", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // A build server that outlives the process would keep its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["NO_COLOR"] = "1";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var written = new List<string>();
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (written)
            {
                written.Add(line.Data ?? "");
            }
        }

        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"pwsh {string.Join(' ', arguments)} did not end within {Patience.TotalMinutes} minutes:\n{Text()}");
        }

        return (process.ExitCode, Text());

        string Text()
        {
            lock (written)
            {
                return string.Join('\n', written);
            }
        }
    }
}
