using System.Net;
using System.Text;
using HostingOps.Engine.Mirror.Crawling;
using HostingOps.Engine.Tests.Health;
using HostingOps.Testing.HardSites;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>A crawl of the hard site: everything that a perfect mirror has, and nothing that must not be asked.</summary>
public sealed class HardSiteCrawlTests
{
    [Fact]
    public async Task The_hard_site_is_had_whole_and_none_of_its_rules_is_broken()
    {
        await using var site = HardSite.Begin();
        var hosted = TestSites.Site("hard") with
        {
            Primary = new SiteHost { Name = "do-1", Provider = "digitalocean", Address = "127.0.0.1" },
            Check = new HealthCheckPolicy { Scheme = "http", Port = site.Port },
            Mirror = new MirrorSettings { AssetHosts = [$"{site.AssetHost}:{site.AssetPort}"], RequestsPerSecond = null },
        };
        var run = new MemoryMirrorRun();
        var reporter = new RecordingReporter();
        using var transport = new CrawlTransport(hosted, new FixedResolver(static _ => [IPAddress.Loopback]), null, TimeProvider.System);
        var crawl = new MirrorCrawl(hosted, run, transport, reporter, TimeProvider.System);

        var ended = await crawl.RunAsync(CancellationToken.None);

        Assert.Null(ended);
        var faults = site.Violations().Concat(site.Expected.Select(wanted => Fault(wanted, run)).OfType<string>()).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static string? Fault(HardAnswer wanted, MemoryMirrorRun run)
    {
        var entry = run.Entries.GetValueOrDefault(wanted.Url);
        if (entry is null || entry.Kind == MirrorEntryKind.Skipped)
        {
            return wanted.IsOptional || wanted.Status is 0 or 404 ? null : $"{wanted}: {entry?.Reason ?? "never found"}";
        }

        if (wanted.Status == 0)
        {
            return entry.File is null ? null : $"{wanted}: kept, though the origin never sent it whole";
        }

        if (entry.Status != wanted.Status)
        {
            return wanted.IsOptional ? null : $"{wanted}: {entry.Status} {entry.Reason} instead of {wanted.Status}";
        }

        var type = (entry.ContentType ?? "").Split(';')[0].Trim();
        if (wanted.MediaType is not null && !type.Equals(wanted.MediaType, StringComparison.OrdinalIgnoreCase) && entry.File is not null)
        {
            return $"{wanted}: type {type} instead of {wanted.MediaType}";
        }

        if (wanted.Locations.Count > 0 && !wanted.Locations.Contains(entry.Location ?? ""))
        {
            return $"{wanted}: leads to {entry.Location} instead of {string.Join(" or ", wanted.Locations)}";
        }

        if (wanted.Bodies.Count == 0 || !run.Bodies.TryGetValue(wanted.Url, out var body) || wanted.Bodies.Any(one => one.AsSpan().SequenceEqual(body)))
        {
            return null;
        }

        var at = wanted.Bodies[0].AsSpan().CommonPrefixLength(body);
        return $"{wanted}: from byte {at} '{Part(body, at)}' instead of '{Part(wanted.Bodies[0], at)}'";
    }

    private static string Part(byte[] bytes, int at) => Encoding.Latin1.GetString(bytes.AsSpan(Math.Max(0, at - 40), Math.Min(bytes.Length, at + 60) - Math.Max(0, at - 40))).ReplaceLineEndings(" ");
}
