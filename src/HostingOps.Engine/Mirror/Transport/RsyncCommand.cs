using System.Globalization;
using HostingOps.Engine.Mirror.Generations;

namespace HostingOps.Engine.Mirror.Transport;

/// <summary>rsync's arguments. Pure.</summary>
internal static class RsyncCommand
{
    /// <summary>The arguments that send a generation.</summary>
    /// <param name="ssh">The program that speaks ssh, with its arguments before the host.</param>
    /// <param name="destination">The host.</param>
    /// <param name="from">The generation's folder here.</param>
    /// <param name="to">The folder there.</param>
    /// <param name="former">The generation that is current there, whose unchanged files are linked to, or null.</param>
    /// <param name="byContent">Whether files are compared by what is in them, and not by size and time.</param>
    /// <param name="silence">How long the line may be silent.</param>
    public static IReadOnlyList<string> Send(IReadOnlyList<string> ssh, SshDestination destination, string from, string to, string? former, bool byContent, TimeSpan silence)
    {
        List<string> arguments =
        [
            "--recursive",
            "--times",
            "--perms",
            "--chmod=D755,F644",
            "--include=/content/***",
            "--include=/serve/***",
            "--include=/" + MirrorFolder.ManifestName,
            "--include=/" + MirrorFolder.SummaryName,
            "--exclude=*",
            "--delete-excluded",

            // A file that was cut off goes on where it was.
            "--partial",
            "--compress",
            "--stats",
            "--info=progress2",
            "--no-human-readable",
            string.Create(CultureInfo.InvariantCulture, $"--timeout={Math.Max(1, (int)silence.TotalSeconds)}"),
        ];
        if (former is not null)
        {
            arguments.Add("--link-dest=../" + former);
        }

        if (byContent)
        {
            arguments.Add("--checksum");
        }

        arguments.AddRange(["-e", string.Join(' ', ssh.Select(Quoted)), "--", from.TrimEnd('/') + "/"]);
        var host = destination.Host.Contains(':', StringComparison.Ordinal) ? $"[{destination.Host}]" : destination.Host;
        arguments.Add((destination.User is null ? "" : destination.User + "@") + host + ":" + to + "/");
        return arguments;
    }

    /// <summary>Whether an exit code means that the line broke, and the same again may help.</summary>
    public static bool IsLostConnection(int exitCode) => exitCode is 10 or 12 or 30 or 35 or 255;

    // rsync splits its -e at blanks, and takes a quote that is doubled within quotes for one.
    private static string Quoted(string word) => "'" + word.Replace("'", "''", StringComparison.Ordinal) + "'";
}
