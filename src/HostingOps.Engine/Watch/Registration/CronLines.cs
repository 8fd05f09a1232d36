using System.Globalization;
using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>Lines of cron, in a file of their own or between two marks in an account's crontab.</summary>
internal static class CronLines
{
    /// <summary>A file for /etc/cron.d.</summary>
    public static string File(WatchCommand command, TimeSpan interval, string user, string taskName, IReadOnlyList<string> environmentFiles) =>
        $"{WatchPlaces.Marker}\n# Run that again to change it.\n{Schedule(interval)} {user} {Line(command, taskName, environmentFiles)}\n";

    /// <summary>The lines for a crontab, marks included.</summary>
    public static string Block(WatchCommand command, TimeSpan interval, string taskName, IReadOnlyList<string> environmentFiles) =>
        $"{Begin(taskName)}\n{Schedule(interval)} {Line(command, taskName, environmentFiles)}\n{End(taskName)}\n";

    /// <summary>The block as it stands in a crontab, or null.</summary>
    /// <exception cref="HostingException">WatchRegistrationForeign: it begins and does not end.</exception>
    public static string? Find(string crontab, string taskName) => Range(crontab, taskName) is var (from, to) ? crontab[from..to] : null;

    /// <summary>The crontab with that block instead of the one it has; without any when it is null. Every other line stays as it is.</summary>
    public static string Replace(string crontab, string taskName, string? block)
    {
        if (Range(crontab, taskName) is var (from, to))
        {
            return crontab[..from] + block + crontab[to..];
        }

        return block is null ? crontab : crontab + (crontab.Length > 0 && !crontab.EndsWith('\n') ? "\n" : "") + block;
    }

    /// <summary>The five fields of an interval.</summary>
    /// <exception cref="HostingException">InvalidArgument: cron can't say that.</exception>
    public static string Schedule(TimeSpan interval)
    {
        var minutes = (long)interval.TotalMinutes;
        if (interval == TimeSpan.FromMinutes(minutes))
        {
            switch (minutes)
            {
                case 1:
                    return "* * * * *";
                case > 1 and < 60 when 60 % minutes == 0:
                    return string.Create(CultureInfo.InvariantCulture, $"*/{minutes} * * * *");
                case 60:
                    return "0 * * * *";
                case > 60 and < 1440 when minutes % 60 == 0 && 24 % (minutes / 60) == 0:
                    return string.Create(CultureInfo.InvariantCulture, $"0 */{minutes / 60} * * *");
                case 1440:
                    return "0 0 * * *";
            }
        }

        throw RegistrationErrors.Unfit(
            "Interval",
            $"cron can't begin a run every {DurationText.Format(interval)} evenly.",
            "Choose minutes that divide an hour (1, 2, 5, 10, 15 ...), hours that divide a day, or a timer of systemd.");
    }

    // With set -a the file's assignments are exported; a file that is missing ends the line, and cron tells.
    private static string Line(WatchCommand command, string taskName, IReadOnlyList<string> environmentFiles) =>
        string.Concat(environmentFiles.Select(static file => $"set -a; . {QuotedWord.Cron([file])}; set +a; "))
        + $"{QuotedWord.Cron(command.Arguments)} 2>&1 | logger -t {taskName}";

    private static (int From, int To)? Range(string crontab, string taskName)
    {
        var from = LineOf(crontab, Begin(taskName), 0);
        if (from < 0)
        {
            return null;
        }

        var end = LineOf(crontab, End(taskName), from);
        if (end < 0)
        {
            throw RegistrationErrors.Foreign("crontab", $"The crontab has the line '{Begin(taskName)}' and no line '{End(taskName)}' after it, so that it can't be told what");
        }

        var to = end + End(taskName).Length;
        return (from, to < crontab.Length ? to + 1 : to);
    }

    private static int LineOf(string text, string line, int from)
    {
        for (var at = text.IndexOf(line, from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(line, at + 1, StringComparison.Ordinal))
        {
            var end = at + line.Length;
            if ((at == 0 || text[at - 1] == '\n') && (end == text.Length || text[end] == '\n'))
            {
                return at;
            }
        }

        return -1;
    }

    private static string Begin(string taskName) => $"# BEGIN {taskName}, written by Register-SiteWatch of HostingOps";

    private static string End(string taskName) => $"# END {taskName}";
}
