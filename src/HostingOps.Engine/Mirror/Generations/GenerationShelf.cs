using System.Text.RegularExpressions;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>
/// The finished generations of one site: lists them, puts a new one in front, takes old ones away. A generation is whole from the moment
/// its folder has its name until that name is gone. Whoever changes something holds the site's lock.
/// </summary>
internal static partial class GenerationShelf
{
    private const string Removing = ".removing-";

    /// <summary>All summaries, newest first.</summary>
    public static IReadOnlyList<GenerationSummary> List(MirrorFolder folder) =>
        [.. Names(folder)
            .Select(id => GenerationSummary.TryRead(Path.Combine(folder.Generation(id), MirrorFolder.SummaryName)) is { } summary && summary.Generation.Id == id ? summary : null)
            .OfType<GenerationSummary>()
            .OrderByDescending(static summary => summary.Generation.StartedAt)
            .ThenByDescending(static summary => summary.Generation.Id.Length)
            .ThenByDescending(static summary => summary.Generation.Id, StringComparer.Ordinal)];

    /// <summary>One summary, or null. The id may be anybody's word.</summary>
    public static GenerationSummary? Find(MirrorFolder folder, string id) =>
        IdPattern().IsMatch(id) ? GenerationSummary.TryRead(Path.Combine(folder.Generation(id), MirrorFolder.SummaryName)) : null;

    /// <summary>An id that neither a generation nor a run has.</summary>
    public static string NewId(MirrorFolder folder, DateTimeOffset startedAt)
    {
        var stem = startedAt.ToUniversalTime().ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var id = stem;
        for (var number = 2; Path.Exists(folder.Generation(id)) || Path.Exists(folder.Run(id)); number++)
        {
            id = FormattableString.Invariant($"{stem}-{number}");
        }

        return id;
    }

    /// <summary>Puts a complete run among the generations and makes it current. The journal goes last: until then <see cref="Recover"/> finishes it.</summary>
    public static void Finish(MirrorFolder folder, string id)
    {
        Directory.Move(folder.Run(id), folder.Generation(id));
        DiskFlush.Folder(folder.Generations);
        DiskFlush.Folder(folder.Work);
        Seal(folder, id);
    }

    /// <summary>Ends what a process died in the middle of: a switch to a new generation, a removal.</summary>
    public static void Recover(MirrorFolder folder)
    {
        try
        {
            Remove(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // In nobody's way; whoever prunes tells it.
        }

        foreach (var id in Names(folder).Order(StringComparer.Ordinal))
        {
            if (File.Exists(Path.Combine(folder.Generation(id), MirrorFolder.JournalName)))
            {
                Seal(folder, id);
            }
        }
    }

    /// <summary>Takes away all but the current generation and so many of the newest others.</summary>
    public static void Prune(MirrorFolder folder, int keep)
    {
        Remove(folder);
        var current = CurrentLink.Read(folder);
        var kept = List(folder).Select(static summary => summary.Generation.Id).Where(id => id != current).Take(keep).ToHashSet(StringComparer.Ordinal);
        foreach (var id in Names(folder))
        {
            if (id != current && !kept.Contains(id))
            {
                // Under its own name it is whole or not there at all.
                var removing = Path.Combine(folder.Generations, Removing + id);
                Directory.Move(folder.Generation(id), removing);
                Directory.Delete(removing, recursive: true);
            }
        }
    }

    private static void Remove(MirrorFolder folder)
    {
        foreach (var left in Directory.EnumerateDirectories(folder.Generations, Removing + "*").ToArray())
        {
            Directory.Delete(left, recursive: true);
        }
    }

    private static void Seal(MirrorFolder folder, string id)
    {
        CurrentLink.Switch(folder, id);
        var generation = folder.Generation(id);
        File.Delete(Path.Combine(generation, MirrorFolder.RunName));
        var incoming = Path.Combine(generation, MirrorFolder.IncomingName);
        if (Directory.Exists(incoming))
        {
            Directory.Delete(incoming, recursive: true);
        }

        File.Delete(Path.Combine(generation, MirrorFolder.JournalName));
    }

    private static string[] Names(MirrorFolder folder) =>
        Directory.Exists(folder.Generations)
            ? [.. Directory.EnumerateDirectories(folder.Generations).Select(static path => Path.GetFileName(path)).Where(static name => IdPattern().IsMatch(name))]
            : [];

    [GeneratedRegex("^[0-9]{8}T[0-9]{6}Z(-[0-9]+)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
