using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using HostingOps.Engine.Alerts.Payloads;
using HostingOps.Engine.Failover.Hooks;

namespace HostingOps.Engine.Alerts.Sending;

/// <summary>
/// Runs a program, without a shell, for an alert: the alert as JSON is its standard input, the main things are in HOSTINGOPS_ALERT_*
/// variables, and exit code 0 means that it was taken.
/// </summary>
/// <param name="time">The clock of the time to drain.</param>
/// <param name="folder">Where it runs.</param>
internal sealed class CommandSender(TimeProvider time, string folder)
{
    // Windows takes 32,767 characters for all variables together.
    private const int MostVariable = 4000;

    // What programs need to run at all. The rest of a watcher's environment holds keys to the zone and to the other channels.
    private static readonly HashSet<string> PassedOn = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP",
        "SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "USERPROFILE", "USERNAME", "APPDATA", "LOCALAPPDATA",
        "ProgramData", "ProgramFiles", "ProgramFiles(x86)", "ProgramW6432", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE",
    };

    // For output that is still in the pipe when the program has ended.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    /// <summary>Runs it to its end.</summary>
    public async Task<DeliveryAnswer> SendAsync(IReadOnlyList<string> argv, HostingAlert alert, string key, CancellationToken cancellationToken)
    {
        var environment = Variables(alert, key);
        if (ProgramPath.Find(argv[0], Environment.GetEnvironmentVariable("PATH"), folder) is not { } program)
        {
            return DeliveryAnswer.Later("it can't be run: there is no such program on PATH, or it is not executable");
        }

        var start = new ProcessStartInfo(program, argv.Skip(1))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            WorkingDirectory = folder,
        };
        foreach (var name in start.Environment.Keys.Where(static name => !IsPassedOn(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var lineage = new HookLineage();
        lineage.Mark(start.Environment);
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return DeliveryAnswer.Later($"it can't be run: {exception.Message.TrimEnd('.')}");
        }

        var tail = new OutputTail(new SecretMask(SecretMask.CurrentEnvironmentWith(environment)));
        try
        {
            return await RunAsync(process, GenericPayload.Write(alert, key), tail, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            lineage.KillStragglers();
            throw;
        }
    }

    private async Task<DeliveryAnswer> RunAsync(Process process, string json, OutputTail tail, CancellationToken cancellationToken)
    {
        using var reading = new CancellationTokenSource();
        var output = Task.WhenAll(ReadAsync(process.StandardOutput, tail, reading.Token), ReadAsync(process.StandardError, tail, reading.Token));
        try
        {
            await process.StandardInput.WriteAsync(json.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read its input; its exit code says the rest.
        }

        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await output.WaitAsync(DrainTime, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A child that lives on holds the pipe open.
            await reading.CancelAsync().ConfigureAwait(false);
        }

        var text = FormattableString.Invariant($"exit code {process.ExitCode}");
        if (process.ExitCode == 0)
        {
            return DeliveryAnswer.Sent(text);
        }

        var said = AlertText.Line(tail.Take().Text);
        return DeliveryAnswer.Later(said.Length == 0 ? "it ended with " + text : $"it ended with {text}: {(said.Length > 200 ? "…" + said[^200..] : said)}");
    }

    private static async Task ReadAsync(StreamReader reader, OutputTail tail, CancellationToken cancellationToken)
    {
        var buffer = new char[2048];
        try
        {
            while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                tail.Append(buffer.AsSpan(0, count));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Given up.
        }
    }

    private static bool IsPassedOn(string name) => PassedOn.Contains(name) || name.StartsWith("LC_", StringComparison.Ordinal);

    private static Dictionary<string, string> Variables(HostingAlert alert, string key) => new(StringComparer.Ordinal)
    {
        ["HOSTINGOPS_ALERT_EVENT"] = AlertText.EventName(alert.Event),
        ["HOSTINGOPS_ALERT_SEVERITY"] = alert.Severity.ToString().ToLowerInvariant(),
        ["HOSTINGOPS_ALERT_INCIDENT"] = alert.IncidentId,
        ["HOSTINGOPS_ALERT_TITLE"] = AlertText.Fit(AlertText.Line(alert.Title), MostVariable),
        ["HOSTINGOPS_ALERT_TEXT"] = AlertText.Fit(AlertText.Lines(alert.Text), MostVariable),
        ["HOSTINGOPS_ALERT_SITES"] = AlertText.Fit(string.Join(' ', alert.Sites), MostVariable),
        ["HOSTINGOPS_ALERT_COMMAND"] = AlertText.Fit(AlertText.Line(alert.Command ?? ""), MostVariable),
        ["HOSTINGOPS_ALERT_AT"] = alert.At.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["HOSTINGOPS_ALERT_KEY"] = key,
    };

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended, or belongs to another user.
        }
    }
}
