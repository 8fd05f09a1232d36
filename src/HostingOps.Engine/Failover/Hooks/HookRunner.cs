using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace HostingOps.Engine.Failover.Hooks;

/// <summary>
/// Runs hooks: a program with its arguments, no shell, standard input closed. A hook has ended when its program has; children that
/// it leaves behind on purpose live on.
/// </summary>
/// <param name="time">The clock that timeouts run by.</param>
/// <param name="workingDirectory">Folder in which hooks run and from which relative program paths are taken; null for the process's.</param>
internal sealed class HookRunner(TimeProvider time, string? workingDirectory = null)
{
    // Time for output that is still in the pipe, after the program has ended or was killed.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(2);

    // 128 + SIGINT, what ssh makes of SIGINT, and Windows' STATUS_CONTROL_C_EXIT.
    private static readonly int[] Interrupted = [130, 255, -1073741510];

    private const int ExcerptLength = 400;

    private readonly string folder = Path.GetFullPath(workingDirectory ?? Environment.CurrentDirectory);

    /// <summary>Runs a hook to its end.</summary>
    /// <param name="hook">The hook with its placeholders filled in.</param>
    /// <param name="environment">Variables to set besides this process's, see <see cref="HookEnvironment"/>.</param>
    /// <param name="reporter">Is told what is run and how it ended.</param>
    /// <param name="cancellationToken">Kills the hook and its children.</param>
    /// <exception cref="HookException">HookFailed: not found, not startable, or an exit code other than 0. HookTimedOut.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the hook was killed.</exception>
    public async Task<HookResult> RunAsync(
        PlannedHook hook, IReadOnlyDictionary<string, string> environment, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hook);
        cancellationToken.ThrowIfCancellationRequested();
        var mask = new SecretMask(SecretMask.CurrentEnvironmentWith(environment));
        var shown = mask.Hide(hook.ToString());
        var lineage = new HookLineage();
        using var process = new Process { StartInfo = StartInfo(hook, environment, lineage, shown) };
        var tail = new OutputTail(mask);
        var began = time.GetTimestamp();
        reporter.Verbose($"Running {shown}");
        Start(process, hook, shown);

        using var reading = new CancellationTokenSource();
        var output = Task.WhenAll(
            ReadAsync(process.StandardOutput.BaseStream, tail, reading.Token),
            ReadAsync(process.StandardError.BaseStream, tail, reading.Token));
        var inTime = await WaitAsync(process, hook.Timeout, cancellationToken).ConfigureAwait(false);
        if (!inTime)
        {
            await KillAsync(process, lineage).ConfigureAwait(false);
        }

        await DrainAsync(output, reading).ConfigureAwait(false);
        if (inTime && Interrupted.Contains(process.ExitCode))
        {
            // A terminal sends Ctrl+C to the hook too, which may die of it before our own stop has come.
            await Task.Delay(StopTime, time, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var (text, omitted) = tail.Take();
        var result = new HookResult(inTime ? process.ExitCode : null, text, omitted, time.GetElapsedTime(began).TotalSeconds);
        reporter.Verbose(inTime
            ? FormattableString.Invariant($"{shown} ended with exit code {result.ExitCode} after {result.Seconds:0.0} s")
            : FormattableString.Invariant($"{shown} was killed after {result.Seconds:0.0} s"));
        return result.ExitCode switch
        {
            0 => result,
            null => throw TimedOut(hook, shown, result),
            _ => throw Failed(
                shown,
                FormattableString.Invariant($"The hook '{shown}' ended with exit code {result.ExitCode}; 0 was expected.{Excerpt(result.Output)}"),
                "Run the command by hand to see why, then resume or plan anew.",
                result),
        };
    }

    private ProcessStartInfo StartInfo(PlannedHook hook, IReadOnlyDictionary<string, string> environment, HookLineage lineage, string shown)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["HOSTINGOPS_STAGE"] = hook.Stage.ToString();
        lineage.Mark(start.Environment);
        start.Environment.TryGetValue("PATH", out var path);
        start.FileName = ProgramPath.Find(hook.Argv[0], path, folder) ?? throw Failed(
            shown,
            $"The hook '{shown}' can't be run: there is no program '{hook.Argv[0]}' on PATH, or it is not executable.",
            "Install the program, or name it by its full path in the inventory.",
            NotRun);
        foreach (var argument in hook.Argv.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static HookResult NotRun => new(ExitCode: null, "", OmittedCharacters: 0, Seconds: 0);

    private static void Start(Process process, PlannedHook hook, string shown)
    {
        try
        {
            process.Start();
            process.StandardInput.Close();
        }
        catch (Win32Exception exception)
        {
            throw Failed(
                shown,
                $"The hook '{shown}' can't be run: {exception.Message.TrimEnd('.')}.",
                $"Check that '{hook.Argv[0]}' is a program that this account may run.",
                NotRun,
                exception);
        }
        catch (IOException)
        {
            // It ended before its input could be closed; its exit code says the rest.
        }
    }

    private async Task<bool> WaitAsync(Process process, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task KillAsync(Process process, HookLineage lineage)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in this moment, or a child runs as another user (sudo) and can't be killed by us.
        }

        lineage.KillStragglers();
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(DrainTime, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Not ours to kill, or stuck in the kernel; the hook counts as timed out all the same.
        }
    }

    private async Task DrainAsync(Task output, CancellationTokenSource reading)
    {
        try
        {
            await output.WaitAsync(DrainTime, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A child that lives on holds the pipe open; what came so far is enough.
            await reading.CancelAsync().ConfigureAwait(false);
        }
    }

    private static async Task ReadAsync(Stream stream, OutputTail tail, CancellationToken cancellationToken)
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = new byte[4096];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        try
        {
            int count;
            do
            {
                count = await stream.ReadAsync(bytes, cancellationToken).ConfigureAwait(false);
                var length = decoder.GetChars(bytes.AsSpan(0, count), characters, flush: count == 0);
                tail.Append(characters.AsSpan(0, length));
            }
            while (count > 0);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The pipe was given up, see DrainAsync.
        }
    }

    private static HookException TimedOut(PlannedHook hook, string shown, HookResult result) => new(
        ErrorIds.HookTimedOut,
        HostingErrorCategory.OperationTimeout,
        shown,
        FormattableString.Invariant(
            $"The hook '{shown}' did not end within {hook.Timeout.TotalSeconds:0.###} s and was killed with its children.{Excerpt(result.Output)}"),
        "Run the command by hand to see what it waits for, or give it a longer timeout in the inventory.",
        result);

    private static HookException Failed(string shown, string message, string action, HookResult result, Exception? inner = null) =>
        new(ErrorIds.HookFailed, HostingErrorCategory.ExternalProgramFailed, shown, message, action, result, inner);

    private static string Excerpt(string output)
    {
        var text = output.Trim();
        return text.Length == 0
            ? " It printed nothing."
            : " Its output ends with: " + (text.Length > ExcerptLength ? "…" + text[^ExcerptLength..] : text);
    }
}
