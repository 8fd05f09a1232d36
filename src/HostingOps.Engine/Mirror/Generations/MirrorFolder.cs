namespace HostingOps.Engine.Mirror.Generations;

/// <summary>The places of one site's mirror on this machine. Pure, but for what is asked of the disk by name.</summary>
/// <param name="Mirrors">The folder of all mirrors, absolute.</param>
/// <param name="SiteName">The site: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, beginning with a letter or digit.</param>
internal sealed record MirrorFolder(string Mirrors, string SiteName)
{
    /// <summary>The folder of a generation's files.</summary>
    public const string ContentName = "content";

    /// <summary>The file with a line for each URL.</summary>
    public const string ManifestName = "manifest.jsonl";

    /// <summary>The file with the summary.</summary>
    public const string SummaryName = "generation.json";

    /// <summary>The journal of a run, in its folder until it is current.</summary>
    public const string JournalName = "journal.jsonl";

    /// <summary>What a run was begun with.</summary>
    public const string RunName = "run.json";

    /// <summary>Bodies on their way, within a run's folder.</summary>
    public const string IncomingName = "incoming";

    /// <summary>The site's folder.</summary>
    public string Root => Path.Combine(Mirrors, SiteName);

    /// <summary>Leads to the current generation.</summary>
    public string Current => Path.Combine(Root, "current");

    /// <summary>All generations.</summary>
    public string Generations => Path.Combine(Root, "generations");

    /// <summary>Runs under way or cut off.</summary>
    public string Work => Path.Combine(Root, "work");

    /// <summary>Held by the process that saves.</summary>
    public string Lock => Path.Combine(Root, "lock");

    /// <summary>The summary of the last run that was refused, until one is not.</summary>
    public string Refused => Path.Combine(Root, "refused.json");

    /// <summary>A generation's folder.</summary>
    public string Generation(string id) => Path.Combine(Generations, id);

    /// <summary>A run's folder.</summary>
    public string Run(string id) => Path.Combine(Work, id);

    /// <summary>The full path of a manifest's file within a generation's or run's folder.</summary>
    public static string ContentFile(string folder, string file) =>
        Path.Combine(folder, ContentName, Path.DirectorySeparatorChar == '/' ? file : file.Replace('/', Path.DirectorySeparatorChar));
}
