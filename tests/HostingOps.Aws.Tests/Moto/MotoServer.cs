using System.Diagnostics;
using System.Text.RegularExpressions;
using HostingOps.Testing;

namespace HostingOps.Aws.Tests.Moto;

/// <summary>A moto_server of its own for one test, on a free loopback port.</summary>
internal sealed partial class MotoServer : IAsyncDisposable
{
    private readonly Process process;

    private MotoServer(Process process, string url)
    {
        this.process = process;
        Url = url;
    }

    public string Url { get; }

    /// <exception cref="SkipException">moto_server is not installed.</exception>
    public static async Task<MotoServer> StartAsync()
    {
        var start = new ProcessStartInfo(RealPart.Require("moto_server"), ["-H", "127.0.0.1", "-p", "0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };

        // Some of moto's models ask a database of its own for AMIs; nothing of the user's is wanted here.
        start.Environment["AWS_ACCESS_KEY_ID"] = "testing";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "testing";
        start.Environment["PYTHONUNBUFFERED"] = "1";
        var process = Process.Start(start)!;
        var url = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        void Hear(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (said)
            {
                said.Add(line);
            }

            var match = Running().Match(line);
            if (match.Success)
            {
                url.TrySetResult(match.Value);
            }
        }

        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new MotoServer(process, "");
        try
        {
            return new MotoServer(process, await url.Task.WaitAsync(TimeSpan.FromSeconds(60)));
        }
        catch (TimeoutException)
        {
            await server.DisposeAsync();
            lock (said)
            {
                throw new InvalidOperationException($"moto_server did not say where it listens: {string.Join('\n', said)}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Running();
}
