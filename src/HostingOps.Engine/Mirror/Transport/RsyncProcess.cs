using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HostingOps.Engine.Mirror.Transport;

/// <summary>One run of the system's rsync.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Words">Its last words on standard error.</param>
/// <param name="Files">Files sent.</param>
/// <param name="Bytes">Bytes that went over the line.</param>
internal sealed partial record RsyncProcess(int ExitCode, string Words, int Files, long Bytes)
{
    private const int WordsKept = 2000;
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    /// <summary>Runs it to its end.</summary>
    /// <param name="program">Its full path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="progress">Is told the share that is done, in percent.</param>
    /// <param name="cancellationToken">Kills it, and its ssh.</param>
    /// <exception cref="HostingException">MirrorTransportFailed: it could not be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<RsyncProcess> RunAsync(string program, IEnumerable<string> arguments, Action<int> progress, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            },
        };
        process.StartInfo.Environment["LC_ALL"] = "C";
        try
        {
            process.Start();
        }
        catch (Win32Exception refused)
        {
            throw new HostingException(ErrorIds.MirrorTransportFailed, HostingErrorCategory.ExternalProgramFailed, program, $"'{program}' could not be started: {refused.Message}", null, refused);
        }

        process.StandardInput.Close();
        using var killing = cancellationToken.Register(() => Kill(process));
        StringBuilder words = new(), output = new();
        var reading = Task.WhenAll(ReadAsync(process.StandardError, words, static _ => { }), ReadAsync(process.StandardOutput, output, Tell));
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);

        // A program of the user's ssh configuration that goes on by itself may hold these open for good.
        await Task.WhenAny(reading, Task.Delay(DrainTime, CancellationToken.None)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new RsyncProcess(process.ExitCode, Text(words).Trim(), (int)Number(FilesPattern(), Text(output)), Number(BytesPattern(), Text(output)));

        void Tell(string line)
        {
            if (PercentPattern().Match(line) is { Success: true } found)
            {
                progress(int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            }
        }
    }

    // Its progress is lines that end with a carriage return.
    private static async Task ReadAsync(StreamReader reader, StringBuilder kept, Action<string> line)
    {
        var current = new StringBuilder();
        var buffer = new char[1024];
        try
        {
            while (await reader.ReadAsync(buffer.AsMemory()).ConfigureAwait(false) is > 0 and var count)
            {
                foreach (var character in buffer.AsSpan(0, count))
                {
                    if (character is '\r' or '\n')
                    {
                        line(current.ToString());
                        Keep(kept, current);
                        current.Clear();
                    }
                    else if (current.Length < WordsKept)
                    {
                        current.Append(character);
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // What came so far is enough.
        }

        Keep(kept, current);
    }

    private static void Keep(StringBuilder kept, StringBuilder line)
    {
        lock (kept)
        {
            kept.Append(line).Append('\n');
            kept.Remove(0, Math.Max(0, kept.Length - WordsKept));
        }
    }

    private static string Text(StringBuilder kept)
    {
        lock (kept)
        {
            return kept.ToString();
        }
    }

    private static long Number(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } found && long.TryParse(found.Groups[1].ValueSpan.ToString().Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in this moment.
        }
    }

    [GeneratedRegex(@"\s(\d{1,3})%\s", RegexOptions.CultureInvariant)]
    private static partial Regex PercentPattern();

    [GeneratedRegex(@"Number of regular files transferred: ([\d,]+)", RegexOptions.CultureInvariant)]
    private static partial Regex FilesPattern();

    [GeneratedRegex(@"Total bytes sent: ([\d,]+)", RegexOptions.CultureInvariant)]
    private static partial Regex BytesPattern();
}
