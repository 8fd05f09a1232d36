using System.Security.Cryptography;
using System.Text;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Engine.Mirror.Serving;

namespace HostingOps.Engine.Tests.Mirror.Serving;

/// <summary>A generation written by hand: what a crawl would have saved.</summary>
internal sealed class HandMadeMirror(string mirrors, string site = "acme", string id = "20261122T083000Z")
{
    private readonly List<MirrorEntry> entries = [];

    public MirrorSettings Settings { get; set; } = new();

    public IReadOnlyList<MirrorEntry> Entries => entries;

    public string SiteFolder => Path.Combine(mirrors, site);

    public string Folder => Path.Combine(SiteFolder, "generations", id);

    public MirrorGeneration Generation => new()
    {
        SiteName = site,
        Id = id,
        StartedAt = DateTimeOffset.Parse("2026-11-22T08:30:00Z", System.Globalization.CultureInfo.InvariantCulture),
        FinishedAt = DateTimeOffset.Parse("2026-11-22T08:31:00Z", System.Globalization.CultureInfo.InvariantCulture),
        HostName = $"www.{site}.example",
        Pages = entries.Count(static entry => entry.Kind == MirrorEntryKind.Page),
        IsWhole = true,
        ManifestHash = new string('a', 64),
    };

    public HandMadeMirror Page(string url, string file, string? body = null, string type = "text/html; charset=utf-8") => Add(url, file, MirrorEntryKind.Page, type, body ?? $"<html><body>{url}</body></html>");

    public HandMadeMirror Asset(string url, string file, string? type, string? body = null) => Add(url, file, MirrorEntryKind.Asset, type, body ?? url);

    public HandMadeMirror NotFound(string file, string body, string type = "text/html; charset=utf-8") => Add("/no-such-page", file, MirrorEntryKind.NotFoundPage, type, body);

    public HandMadeMirror Redirect(string url, string location, int status = 301)
    {
        entries.Add(new MirrorEntry { Url = url, Kind = MirrorEntryKind.Redirect, Status = status, Location = location });
        return this;
    }

    public HandMadeMirror Without(string url, MirrorEntryKind kind)
    {
        entries.Add(new MirrorEntry { Url = url, Kind = kind, Reason = "a test" });
        return this;
    }

    /// <summary>Writes what servers include, and makes it current.</summary>
    public async Task<IReadOnlyList<string>> CompleteAsync()
    {
        var leftOut = await MirrorServing.WriteAsync(Folder, Generation, entries, Settings, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(Folder, "generation.json"), "{}");
        await File.WriteAllTextAsync(Path.Combine(Folder, "manifest.jsonl"), string.Concat(entries.Select(static entry => Encoding.UTF8.GetString(MirrorEntryJson.Write(entry)))));
        var current = Path.Combine(SiteFolder, "current");
        File.Delete(current);
        File.CreateSymbolicLink(current, Path.Combine("generations", id));
        return leftOut;
    }

    private HandMadeMirror Add(string url, string file, MirrorEntryKind kind, string? type, string body)
    {
        var path = Path.Combine(Folder, "content", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var bytes = Encoding.UTF8.GetBytes(body);
        File.WriteAllBytes(path, bytes);
        entries.Add(new MirrorEntry
        {
            Url = url,
            Kind = kind,
            Status = kind == MirrorEntryKind.NotFoundPage ? 404 : 200,
            File = file,
            ContentType = type,
            FileHash = Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant(),
            Length = bytes.Length,
        });
        return this;
    }
}
