using System.Text.Json;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>The mirrors of this machine. Safe for several threads and processes: one run at a time for each site, readers at any time.</summary>
/// <param name="mirrors">The folder of all mirrors, absolute.</param>
/// <param name="time">The clock.</param>
internal sealed class MirrorStore(string mirrors, TimeProvider time)
{
    /// <summary>The folder of all mirrors.</summary>
    public string Mirrors => mirrors;

    /// <summary>One site's places.</summary>
    public MirrorFolder Folder(string siteName) => new(mirrors, siteName);

    /// <summary>A site's current generation, or null; its manifest is to be disposed of.</summary>
    public PreviousGeneration? OpenCurrent(HostedSite site) =>
        OpenCurrent(Folder(site.Name), RunStart.Of(site, site.Mirror ?? MirrorSettings.Default, time.GetUtcNow()).Rewriting);

    /// <summary>Begins a run, or goes on with one that was cut off.</summary>
    /// <exception cref="HostingException">MirrorBusy, MirrorStoreFailed.</exception>
    public async Task<MirrorRun> BeginAsync(HostedSite site, MirrorRunOptions options, CancellationToken cancellationToken)
    {
        var folder = Folder(site.Name);
        var settings = site.Mirror ?? MirrorSettings.Default;
        var held = MirrorLock.Take(folder);
        PreviousGeneration? previous = null;
        try
        {
            MakeFolders(folder);
            GenerationShelf.Recover(folder);
            var start = RunStart.Of(site, settings, time.GetUtcNow());
            previous = OpenCurrent(folder, start.Rewriting);
            var left = CutOff(folder, start, settings);
            var id = left?.Id ?? GenerationShelf.NewId(folder, start.StartedAt);
            if (left is null)
            {
                Directory.CreateDirectory(folder.Run(id));
                await start.WriteAsync(Path.Combine(folder.Run(id), MirrorFolder.RunName), cancellationToken).ConfigureAwait(false);
            }

            return new MirrorRun(new MirrorRunContext
            {
                Mirror = folder,
                Site = site,
                Settings = settings,
                Id = id,
                Start = left?.Start ?? start,
                IsResumed = left is not null,
                Previous = previous,
                Lock = held,
                Time = time,
                AcceptLoss = options.AcceptLoss,
                Prepare = options.Prepare,
            });
        }
        catch (Exception error)
        {
            previous?.Entries?.Dispose();
            held.Dispose();
            if (error is IOException or UnauthorizedAccessException)
            {
                throw MirrorErrors.Store(folder.Root, error.Message, error);
            }

            throw;
        }
    }

    // Of several that are left only the newest can be worth going on with; the others, and what another kind of run left, go.
    private static (string Id, RunStart Start)? CutOff(MirrorFolder folder, RunStart start, MirrorSettings settings)
    {
        var left = Directory.EnumerateDirectories(folder.Work)
            .Select(static path => (Path: path, Start: new DirectoryInfo(path).LinkTarget is null ? RunStart.TryRead(Path.Combine(path, MirrorFolder.RunName)) : null))
            .OrderByDescending(static run => run.Start?.StartedAt)
            .ToArray();
        var resumed = left.FirstOrDefault(run => run.Start is { } earlier && start.Continues(earlier, settings.MaxAge));
        foreach (var (path, _) in left)
        {
            if (path != resumed.Path)
            {
                Directory.Delete(path, recursive: true);
            }
        }

        if (resumed.Path is null)
        {
            return null;
        }

        Strip(resumed.Path);
        return (Path.GetFileName(resumed.Path), resumed.Start!);
    }

    // What is made when a run ends is made anew: where it was cut off in that, a half of it would come along into the generation.
    private static void Strip(string run)
    {
        foreach (var entry in new DirectoryInfo(run).EnumerateFileSystemInfos())
        {
            if (entry.Name is MirrorFolder.ContentName or MirrorFolder.JournalName or MirrorFolder.RunName)
            {
                continue;
            }

            if (entry is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private static PreviousGeneration? OpenCurrent(MirrorFolder folder, string rewriting)
    {
        if (CurrentLink.Read(folder) is not { } id || GenerationSummary.TryRead(Path.Combine(folder.Generation(id), MirrorFolder.SummaryName)) is not { } summary)
        {
            return null;
        }

        EntryLog? entries;
        try
        {
            entries = EntryLog.OpenManifest(Path.Combine(folder.Generation(id), MirrorFolder.ManifestName));
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException)
        {
            // Somebody damaged it. The next generation is made without it.
            entries = null;
        }

        var isKeepable = summary.Format == GenerationSummary.CurrentFormat && summary.Rewriting == rewriting;
        return new PreviousGeneration(folder.Generation(id), summary, entries, isKeepable);
    }

    private static void MakeFolders(MirrorFolder folder)
    {
        foreach (var path in (string[])[folder.Generations, folder.Work])
        {
            Directory.CreateDirectory(path);
            if (new DirectoryInfo(path).LinkTarget is not null)
            {
                throw MirrorErrors.Store(path, "a link is where a folder should be, and no link is followed");
            }
        }
    }
}
