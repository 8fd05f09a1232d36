using System.Diagnostics;
using System.Globalization;

namespace HostingOps.Bench.Mirror;

/// <summary>A tool's process, run to its end, and the most memory that it had.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs it; gives its exit code, the last line that it wrote, and its peak of resident memory in MiB (Linux; else 0).</summary>
    public static async Task<(int Code, string LastLine, long PeakMiB)> RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var peak = 0L;
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.WhenAny(ended, Task.Delay(Look));
        }

        await errors;
        return (process.ExitCode, (await output).TrimEnd().Split('\n')[^1], peak >> 10);
    }

    private static long PeakOf(int id)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/status")).FirstOrDefault(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has just ended, or this is no Linux.
            return 0;
        }
    }
}
