using System.Runtime.CompilerServices;
using System.Text.Json;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Mirror.Checking;

/// <summary>Tests the mirrors that secondary hosts serve: by their own word, and by samples against what this machine has stored.</summary>
internal sealed class MirrorTester(MirrorStore store, MirrorAsker asker, IOperationReporter reporter, TimeProvider time, Random random)
{
    private const int SamplesAtOnce = 4;

    /// <summary>Tests each site that has a mirror; results come as they are made, in no order.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="samples">URLs to ask for at each, or 0.</param>
    /// <param name="throttleLimit">Sites under way at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<SiteMirrorTest> TestAsync(
        IReadOnlyList<HostedSite> sites, int samples, int throttleLimit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var progress = new ActivityProgress(reporter, time, "Testing mirrors", sites.Count);
        var results = BoundedStream.RunAsync(sites, throttleLimit, (site, stop) => TestAsync(site, samples, stop), cancellationToken);
        await foreach (var test in results.ConfigureAwait(false))
        {
            progress.Advance(test.SiteName);
            yield return test;
        }
    }

    private async Task<SiteMirrorTest> TestAsync(HostedSite site, int samples, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        if (site.Mirror is null)
        {
            return new SiteMirrorTest
            {
                SiteName = site.Name,
                HostName = site.Secondary.Name,
                Status = SiteMirrorStatus.Unknown,
                Reason = "The inventory has no mirror for the site.",
                CheckedAt = began,
                InventoryPath = site.InventoryPath,
            };
        }

        var seen = await asker.SeeAsync(site, site.Secondary, cancellationToken).ConfigureAwait(false);
        var (status, reason) = MirrorFreshness.Judge(site, seen, time.GetUtcNow());
        var test = new SiteMirrorTest
        {
            SiteName = site.Name,
            HostName = site.Secondary.Name,
            Status = status,
            Reason = reason,
            Generation = seen.Health?.Generation,
            StartedAt = seen.Health?.StartedAt,
            Age = seen.Health is { } health ? began - health.StartedAt : null,
            Pages = seen.Health?.Pages,
            IsWhole = seen.Health?.IsWhole,
            AddressProbed = seen.Address,
            CheckedAt = began,
            InventoryPath = site.InventoryPath,
        };
        if (seen.Health is null || status == SiteMirrorStatus.Different || Stored(site, seen.Health) is not { } stored)
        {
            return test;
        }

        test = test with { MissingAssets = stored.Summary.MissingAssets, BrokenLinks = stored.Summary.BrokenLinks };
        if (seen.Health.ManifestHash is { } served && !string.Equals(served, stored.Summary.ManifestHash, StringComparison.OrdinalIgnoreCase))
        {
            return test with { Status = SiteMirrorStatus.Different, Reason = $"{site.Secondary.Name} serves a {stored.Summary.Id} with another manifest than the one on this machine." };
        }

        return samples == 0 ? test : await SampleAsync(site, stored.Folder, samples, test, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SiteMirrorTest> SampleAsync(HostedSite site, string folder, int samples, SiteMirrorTest test, CancellationToken cancellationToken)
    {
        IReadOnlyList<MirrorEntry> chosen;
        try
        {
            lock (random)
            {
                chosen = MirrorSample.Choose(EntryLog.ReadManifest(folder), samples, random);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            reporter.Warning($"{site.Name}: the manifest in '{folder}' can't be read, so nothing was sampled: {error.Message}");
            return test;
        }

        var banner = site.Mirror is { Banner: true };
        var differences = new List<MirrorDifference>();
        await foreach (var difference in BoundedStream.RunAsync(
            chosen, SamplesAtOnce, (entry, stop) => CompareAsync(site, entry, banner, stop), cancellationToken).ConfigureAwait(false))
        {
            if (difference is not null)
            {
                differences.Add(difference);
            }
        }

        test = test with { Sampled = chosen.Count, Differences = [.. differences.OrderBy(static difference => difference.Url, StringComparer.Ordinal)] };
        return differences.Count == 0
            ? test with { Reason = FormattableString.Invariant($"{test.Reason} {chosen.Count} samples are as stored.") }
            : test with
            {
                Status = SiteMirrorStatus.Different,
                Reason = FormattableString.Invariant($"{differences.Count} of {chosen.Count} samples are not as stored, the first {test.Differences[0]}."),
            };
    }

    private async Task<MirrorDifference?> CompareAsync(HostedSite site, MirrorEntry entry, bool banner, CancellationToken cancellationToken)
    {
        // Large files need their time; the site's check is for one small answer.
        var timeout = TimeSpan.FromSeconds(Math.Max(site.Check.Timeout.TotalSeconds, 5) + (entry.Length / 1_000_000.0));
        var answer = await asker.AskAsync(site, site.Secondary, entry.Url, timeout, cancellationToken).ConfigureAwait(false);
        return MirrorComparison.Compare(entry, answer, site.HostName, compareBytes: !banner || entry.Kind != MirrorEntryKind.Page);
    }

    private (MirrorGeneration Summary, string Folder)? Stored(HostedSite site, MirrorHealth health)
    {
        var folder = store.Folder(site.Name);
        return GenerationShelf.Find(folder, health.Generation) is { } summary ? (summary.Generation, folder.Generation(summary.Generation.Id)) : null;
    }
}
