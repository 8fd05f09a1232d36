using System.Diagnostics;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>A real program under way. It goes with the test.</summary>
internal sealed class RunningProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private RunningProgram(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
    }

    public bool HasExited => process.HasExited;

    /// <summary>Starts a program without any of the AWS or HostingOps settings of whoever runs the tests.</summary>
    public static RunningProgram Start(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(static name =>
            name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("HOSTINGOPS_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(Process.Start(start)!);
    }

    /// <summary>Waits until something is so; fails after two minutes, or when the program, which should bring it about, has ended.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        var limit = DateTime.UtcNow + Patience;
        while (!condition())
        {
            if (HasExited)
            {
                var run = await EndAsync();
                Assert.True(condition(), $"The program ended with {run.Code} before it happened.\nstdout:\n{run.Out}\nstderr:\n{run.Error}");
                return;
            }

            Assert.True(DateTime.UtcNow < limit, $"It did not happen within {Patience}.");
            await Task.Delay(30);
        }
    }

    public async Task<ProgramRun> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"It did not end within {Patience}.\nstdout:\n{await output}\nstderr:\n{await error}");
        }

        return new ProgramRun(process.ExitCode, await output, await error);
    }

    /// <summary>SIGKILL, to this process alone: what it had started lives on, as after a real crash.</summary>
    public async Task DieAsync()
    {
        process.Kill(entireProcessTree: false);
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
