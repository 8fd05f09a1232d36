using HostingOps.Engine.Mirror.Generations;

namespace HostingOps.Engine.Mirror.Checking;

/// <summary>Tells what this machine has of a site's mirror. Reads only, and needs no lock.</summary>
internal sealed class LocalMirrors(MirrorStore store, TimeProvider time)
{
    /// <summary>The current generation, or that there is none; with <paramref name="all"/> also older ones, the run that is unfinished and the one that was refused.</summary>
    /// <exception cref="HostingException">MirrorStoreFailed.</exception>
    public IReadOnlyList<SiteMirror> Read(HostedSite site, bool all)
    {
        var folder = store.Folder(site.Name);
        try
        {
            var current = CurrentLink.Read(folder);
            var found = GenerationShelf.List(folder).Select(summary => Of(
                site, summary.Generation, summary.Generation.Id == current ? SiteMirrorState.Current : SiteMirrorState.Older, folder.Generation(summary.Generation.Id))).ToList();
            if (!found.Exists(static mirror => mirror.State == SiteMirrorState.Current))
            {
                found.Insert(0, None(site, folder));
            }

            if (!all)
            {
                return [.. found.Where(static mirror => mirror.State is SiteMirrorState.Current or SiteMirrorState.None)];
            }

            return [.. Unfinished(site, folder), .. Refused(site, folder), .. found];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.Store(folder.Root, error.Message, error);
        }
    }

    private SiteMirror Of(HostedSite site, MirrorGeneration generation, SiteMirrorState state, string? path)
    {
        var age = time.GetUtcNow() - generation.StartedAt;
        return new SiteMirror
        {
            SiteName = site.Name,
            State = state,
            Id = generation.Id,
            StartedAt = generation.StartedAt,
            Age = age,
            Pages = generation.Pages,
            Assets = generation.Assets,
            Redirects = generation.Redirects,
            Bytes = generation.Bytes,
            MissingAssets = generation.MissingAssets,
            BrokenLinks = generation.BrokenLinks,
            IsWhole = generation.IsWhole,
            IsFresh = generation.IsWhole && state != SiteMirrorState.Refused && age <= (site.Mirror ?? MirrorSettings.Default).MaxAge,
            Reason = generation.Reason,
            Path = path,
            Generation = generation,
            InventoryPath = site.InventoryPath,
        };
    }

    private static SiteMirror None(HostedSite site, MirrorFolder folder) => new()
    {
        SiteName = site.Name,
        State = SiteMirrorState.None,
        Reason = site.Mirror is null
            ? "The inventory has no mirror for the site."
            : $"None has been saved in '{folder.Mirrors}': Save-SiteMirror makes one.",
        InventoryPath = site.InventoryPath,
    };

    private IEnumerable<SiteMirror> Unfinished(HostedSite site, MirrorFolder folder) => Directory.Exists(folder.Work)
        ? Directory.EnumerateDirectories(folder.Work)
            .Select(path => (Path: path, Start: RunStart.TryRead(Path.Combine(path, MirrorFolder.RunName))))
            .Where(static run => run.Start is not null)
            .Select(run => new SiteMirror
            {
                SiteName = site.Name,
                State = SiteMirrorState.Unfinished,
                Id = Path.GetFileName(run.Path),
                StartedAt = run.Start!.StartedAt,
                Age = time.GetUtcNow() - run.Start.StartedAt,
                Reason = MirrorLock.IsHeld(folder) ? "A run is under way." : "A run was cut off; the next one goes on with it.",
                Path = run.Path,
                InventoryPath = site.InventoryPath,
            })
        : [];

    private IEnumerable<SiteMirror> Refused(HostedSite site, MirrorFolder folder) =>
        RefusedRun.TryRead(folder.Refused) is { } refused
            ? [Of(site, refused.Generation, SiteMirrorState.Refused, path: null) with { Reason = refused.Reason }]
            : [];
}
