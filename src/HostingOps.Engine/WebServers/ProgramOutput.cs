using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace HostingOps.Engine.WebServers;

/// <summary>Runs a server's own check of a configuration to its end.</summary>
/// <param name="ExitCode">Its exit code, or null when it did not end in time.</param>
/// <param name="Text">Its standard output and error.</param>
internal sealed record ProgramOutput(int? ExitCode, string Text)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program with its arguments, no shell, no input.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the program was killed.</exception>
    public static async Task<ProgramOutput> OfAsync(
        string program, IReadOnlyList<string> arguments, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // Caddy keeps what it writes under these; nothing of this check should stay behind.
        start.Environment["HOME"] = start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CONFIG_HOME"] = folder;
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception refused)
        {
            return new ProgramOutput(null, refused.Message);
        }

        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(either.Token);
            var output = await process.StandardOutput.ReadToEndAsync(either.Token).ConfigureAwait(false);
            var text = (await error.ConfigureAwait(false) + output).Trim();
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return new ProgramOutput(process.ExitCode, text);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return new ProgramOutput(null, FormattableString.Invariant($"{program} did not end within {Limit.TotalSeconds:0} s."));
        }
    }
}
