using HostingOps.Engine.Mirror;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Generations;

/// <summary>Which stored files are believed to be what they were without being read.</summary>
public sealed class UntouchedFileTests : IDisposable
{
    private const int Files = 400;
    private readonly TemporaryFolder folder = new();

    // The files' own times are the system's, and only those of some time ago say something.
    private ManualTimeProvider time = new(DateTimeOffset.UtcNow.AddHours(1));

    private MirrorStore Store => folder.Store(time);

    private MirrorFolder Acme => Store.Folder("acme");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_with_its_length_and_time_is_not_read_but_for_a_share_that_is_another_in_each_run()
    {
        await SaveAsync();
        foreach (var path in Paths())
        {
            Damage(path, keepsTime: true);
        }

        var noticed = new List<string[]>();
        for (var day = 0; day < 2; day++)
        {
            time.Advance(TimeSpan.FromDays(3));
            await using var run = await Store.BeginAsync();
            noticed.Add([.. Urls().Where(url => run.Previous(url) is null)]);
            Assert.InRange(noticed[^1].Length, 5, Files / 5);
        }

        Assert.NotEqual(noticed[0], noticed[1]);
        Assert.True(noticed[0].Union(noticed[1]).Count() > Math.Max(noticed[0].Length, noticed[1].Length));
    }

    [Fact]
    public async Task A_file_whose_time_is_another_is_read_and_taken_over_when_its_bytes_are_right()
    {
        await SaveAsync();
        foreach (var (path, number) in Paths().Select(static (path, number) => (path, number)))
        {
            if (number % 2 == 0)
            {
                Damage(path, keepsTime: false);
            }
            else
            {
                File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddHours(-5));
            }
        }

        time.Advance(TimeSpan.FromDays(3));
        await using (var run = await Store.BeginAsync())
        {
            foreach (var url in Urls())
            {
                var previous = run.Previous(url);
                Assert.Equal(Number(url) % 2 != 0, previous is not null);
                if (previous is not null)
                {
                    Assert.Equal(File.GetLastWriteTimeUtc(Paths()[Number(url)]), previous.FileTime!.Value.UtcDateTime);
                    await run.KeepAsync(previous, default);
                }
                else
                {
                    await run.PageAsync(url, "page " + url);
                }
            }

            Assert.True((await run.CompleteAsync()).IsCurrent);
        }

        Assert.All(Urls(), url => Assert.Equal("page " + url, File.ReadAllText(Paths()[Number(url)])));
    }

    [Fact]
    public async Task A_file_that_was_written_as_the_run_ended_is_read()
    {
        // By its clock the run ended before its files were written: what came after them, their times do not tell.
        time = new ManualTimeProvider(DateTimeOffset.UtcNow.AddHours(-1));
        await SaveAsync();
        foreach (var path in Paths())
        {
            Damage(path, keepsTime: true);
        }

        time.Advance(TimeSpan.FromDays(3));
        await using var run = await Store.BeginAsync();

        Assert.All(Urls(), url => Assert.Null(run.Previous(url)));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(-3, true)]
    public async Task Of_a_file_written_within_two_seconds_of_the_end_the_time_says_nothing(int seconds, bool isBelieved)
    {
        await SaveAsync();
        var written = new DateTimeOffset(time.GetUtcNow().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero).AddSeconds(seconds);
        var manifest = Path.Combine(Acme.Generation(CurrentLink.Read(Acme)!), "manifest.jsonl");
        File.WriteAllText(manifest, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(manifest), "\"fileTime\":\"[^\"]*\"", FormattableString.Invariant($"\"fileTime\":\"{written:yyyy-MM-ddTHH:mm:ssZ}\"")));
        foreach (var path in Paths())
        {
            File.SetLastWriteTimeUtc(path, written.UtcDateTime);
            Damage(path, keepsTime: true);
        }

        time.Advance(TimeSpan.FromDays(3));
        await using var run = await Store.BeginAsync();

        Assert.Equal(isBelieved, Urls().Any(url => run.Previous(url) is not null));
    }

    [Fact]
    public async Task A_line_without_a_time_is_of_a_file_that_is_read()
    {
        await SaveAsync();
        var manifest = Path.Combine(Acme.Generation(CurrentLink.Read(Acme)!), "manifest.jsonl");
        File.WriteAllText(manifest, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(manifest), "\"fileTime\":\"[^\"]*\",", ""));
        Damage(Paths()[7], keepsTime: true);

        await using var run = await Store.BeginAsync();

        Assert.Equal(["/p7"], Urls().Where(url => run.Previous(url) is null));
    }

    [Fact]
    public void The_lot_falls_on_its_share_of_urls_and_on_others_in_another_run()
    {
        var urls = Enumerable.Range(0, 20_000).Select(static i => $"/article/{i}").ToArray();
        foreach (var oneOf in (int[])[1, 16, 50, 100])
        {
            var first = urls.Where(url => Lot.FallsOn(url, "20260301T120000Z", oneOf)).ToHashSet();
            var second = urls.Where(url => Lot.FallsOn(url, "20260301T120001Z", oneOf)).ToHashSet();
            Assert.Equal(first.Order(StringComparer.Ordinal), urls.Where(url => Lot.FallsOn(url, "20260301T120000Z", oneOf)).Order(StringComparer.Ordinal));
            Assert.InRange(first.Count, urls.Length / oneOf * 0.7, urls.Length / oneOf * 1.3);
            Assert.True(oneOf == 1 || first.Intersect(second).Count() < first.Count / 4, $"{first.Intersect(second).Count()} of {first.Count} twice, one of {oneOf}");
        }
    }

    private static IEnumerable<string> Urls() => Enumerable.Range(0, Files).Select(static i => $"/p{i}");

    private static int Number(string url) => int.Parse(url[2..], System.Globalization.CultureInfo.InvariantCulture);

    private static void Damage(string path, bool keepsTime)
    {
        var modified = File.GetLastWriteTimeUtc(path);
        var bytes = File.ReadAllBytes(path);
        bytes[0] ^= 1;
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, keepsTime ? modified : modified.AddSeconds(1));
    }

    private string[] Paths() => [.. Urls().Select(url => MirrorFolder.ContentFile(Acme.Generation(CurrentLink.Read(Acme)!), url[1..] + ".html"))];

    private async Task SaveAsync()
    {
        await using var run = await Store.BeginAsync();
        foreach (var url in Urls())
        {
            await run.PageAsync(url, "page " + url);
        }

        var (_, isCurrent, reason) = await run.CompleteAsync();
        Assert.True(isCurrent, reason);
    }
}
