using System.Globalization;

namespace HostingOps.Agent.Terminal;

/// <summary>One line at the foot of a terminal that says how far the work has come, and gives way to every other output.</summary>
internal sealed class ProgressLine(TextWriter writer, bool shown, int width, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private long? last;
    private int length;

    public void Show(OperationProgress progress)
    {
        if (!shown)
        {
            return;
        }

        lock (gate)
        {
            if (progress.Completed)
            {
                Erase();
                return;
            }

            if (last is { } at && time.GetElapsedTime(at) < Pace)
            {
                return;
            }

            last = time.GetTimestamp();
            var line = Line(progress);
            line = line.Length < width ? line : line[..(width - 1)];
            Erase();
            writer.Write(line);
            writer.Flush();
            length = line.Length;
        }
    }

    /// <summary>Writes something else with the line out of the way.</summary>
    public void Aside(Action write)
    {
        lock (gate)
        {
            Erase();
            last = null;
            write();
        }
    }

    internal static string Line(OperationProgress progress) => PrintableText.Of(string.Concat(
        progress.Activity,
        progress.Total > 0 ? string.Create(CultureInfo.InvariantCulture, $" {progress.Done}/{progress.Total}") : "",
        progress.CurrentItem is { } item ? $" {item}" : ""));

    // Spaces, not an escape sequence: right on every terminal.
    private void Erase()
    {
        if (length > 0)
        {
            writer.Write('\r' + new string(' ', length) + '\r');
            writer.Flush();
            length = 0;
        }
    }
}
