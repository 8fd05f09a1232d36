using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Generations;

public sealed class EntryLogTests : IDisposable
{
    private static readonly Gen<string?> Text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string?>(), Gen.Elements<string?>("\n", "\"", "\\", "\u2028", "</script>", "W/\"a\"", "\ud83d\ude00", "é"));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Any_entry_is_one_line_and_comes_back_as_it_was() => Prop.ForAll(
        Text.ArrayOf(8).ToArbitrary(),
        Gen.Choose(0, 6).ToArbitrary(),
        static (texts, kind) =>
        {
            var entry = new MirrorEntry
            {
                Url = "/" + WellFormed(texts[0]),
                Kind = (MirrorEntryKind)kind,
                Status = kind * 100,
                File = WellFormed(texts[1]),
                ContentType = WellFormed(texts[2]),
                ETag = WellFormed(texts[3]),
                LastModified = WellFormed(texts[4]),
                Location = WellFormed(texts[5]),
                Reason = WellFormed(texts[6]),
                FoundOn = WellFormed(texts[7]),
                OriginHash = "a",
                FileHash = "b",
                Length = long.MaxValue - kind,
                FileTime = kind == 0 ? null : new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero).AddTicks(kind * 54321),
                FreshUntil = kind == 1 ? null : new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(kind * 999),
                Depth = kind,
                IsAsset = kind % 2 == 0,
                FetchedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(kind * 12345),
                Links = [new MirrorLink("/b.css", true), new MirrorLink("/" + WellFormed(texts[0]), false)],
            };

            var line = MirrorEntryJson.Write(entry);

            Assert.Equal(line.Length - 1, Array.IndexOf(line, (byte)'\n'));
            var read = MirrorEntryJson.Read(line);
            Assert.Equal(entry.Links, read.Links);
            Assert.Equal(entry with { Links = [] }, read with { Links = [] });
            Assert.Equal((entry.Url, entry.File, entry.FileHash), MirrorEntryJson.ReadKey(line));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_last_line_of_a_url_holds_and_a_line_cut_off_is_cut_away()
    {
        var path = folder.Combine("journal.jsonl");
        using (var log = EntryLog.OpenJournal(path))
        {
            log.Append(Mirrors.Entry("/a") with { File = "a", FileHash = "1" });
            log.Append(Mirrors.Entry("/b"));
            log.Append(Mirrors.Entry("/a") with { File = "b", FileHash = "2" });
        }

        var whole = File.ReadAllBytes(path);
        for (var cut = 0; cut <= whole.Length; cut += 7)
        {
            File.WriteAllBytes(path, whole[..cut]);
            using (var log = EntryLog.OpenJournal(path))
            {
                Assert.Equal(Encoding.UTF8.GetString(whole[..cut]).Split('\n').SkipLast(1).Select(static line => line[..10]).Distinct().Count(), log.Count);
                log.Append(Mirrors.Entry("/c"));
            }

            using var again = EntryLog.OpenManifest(path);
            Assert.Equal("/c", again.Find("/c")!.Url);
        }

        File.WriteAllBytes(path, whole);
        using var last = EntryLog.OpenJournal(path);
        Assert.Equal("b", last.Find("/a")!.File);
        Assert.Equal("b", last.FindBody("2"));
        Assert.Equal(["/a", "/b"], last.ReadSorted().Select(static line => line.Entry.Url));
    }

    [Fact]
    public void Lines_longer_than_any_buffer_are_read()
    {
        var path = folder.Combine("journal.jsonl");
        using (var log = EntryLog.OpenJournal(path))
        {
            foreach (var page in Enumerable.Range(0, 5))
            {
                log.Append(Mirrors.Entry($"/{page}") with { Links = [.. Enumerable.Range(0, 20_000).Select(static link => new MirrorLink($"/linked/{link}", false))] });
            }
        }

        using var read = EntryLog.OpenManifest(path);
        Assert.Equal(5, read.Count);
        Assert.Equal(20_000, read.Find("/4")!.Links.Count);
    }

    [Theory]
    [InlineData("{\"url\":\"/\",\"kind\":\"Page\"}")]
    [InlineData("nonsense\n")]
    [InlineData("{\"kind\":\"Page\"}\n")]
    public void A_manifest_that_is_none_is_refused(string text) =>
        Assert.ThrowsAny<JsonException>(() => EntryLog.OpenManifest(folder.Write("manifest.jsonl", text)));

    private static string? WellFormed(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
