using System.Collections.Concurrent;
using System.Text;
using HostingOps.Engine.Mirror;
using HostingOps.Engine.Mirror.Crawling;
using HostingOps.Engine.Mirror.Parsing;
using HostingOps.Engine.Tests.Health;
using HostingOps.Testing.Http;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>Documents that memory should not hold.</summary>
public sealed class LargeDocumentTests
{
    [Fact]
    public async Task A_page_that_is_too_large_goes_to_the_disk_while_it_comes_and_its_links_are_not_read()
    {
        var piece = Encoding.ASCII.GetBytes("<a href=/linked>" + new string(' ', (1 << 20) - 16));
        var asked = new ConcurrentQueue<string>();
        await using var server = new RawServer((request, _) =>
        {
            asked.Enqueue(request.Path);
            return Task.FromResult(request.Path == "/" ? RawAnswer.Of(200, "text/html", piece) with { Times = 64 } : RawAnswer.Text(404, "text/html", "gone"));
        });
        await using var run = new ObservedRun(server);
        var reporter = new RecordingReporter();
        var site = Site(server);
        using var transport = new CrawlTransport(site, new FixedResolver(static _ => []), null, TimeProvider.System);
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        Assert.Null(await new MirrorCrawl(site, run, transport, reporter, TimeProvider.System).RunAsync(bound.Token));

        // Most of it had not been sent yet when the store began to write it down.
        Assert.InRange(run.SentBefore, 16 << 20, 40 << 20);
        Assert.Equal(64 << 20, run.Length);
        Assert.Empty(run.Entry!.Links);
        Assert.Contains(reporter.Warnings, static line => line.StartsWith("/ is too large to be read for links", StringComparison.Ordinal));
        Assert.DoesNotContain("/linked", asked);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(99_999, true)]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    [InlineData(500_000, false)]
    public async Task A_body_is_read_as_far_as_memory_may_hold_it_and_given_back_from_its_beginning(int length, bool isWhole)
    {
        var body = new byte[length];
        new Random(length).NextBytes(body);
        foreach (var expected in (long?[])[null, 0, length, 10L * length, long.MaxValue - 1])
        {
            using var stream = new DribblingStream(body);
            var (bytes, whole) = await DocumentBody.ReadAsync(stream, 100_000, expected, CancellationToken.None);
            Assert.Equal(isWhole, whole);
            Assert.InRange(bytes.Length, Math.Min(length, 100_000), 100_001);
            using var again = new MemoryStream();
            using var joined = new DocumentBody(bytes, stream);
            await joined.CopyToAsync(again);
            Assert.Equal(body, again.ToArray());
        }
    }

    private static HostedSite Site(RawServer server) => TestSites.Acme() with
    {
        Primary = new SiteHost { Name = "do-1", Provider = "digitalocean", Address = "127.0.0.1" },
        Check = new HealthCheckPolicy { Scheme = "http", Port = server.Port },
        Mirror = new MirrorSettings { RequestsPerSecond = null },
    };

    /// <summary>Takes what is stored, and notes how much of it had been sent when it began.</summary>
    private sealed class ObservedRun(RawServer server) : IMirrorRun
    {
        public long SentBefore { get; private set; }

        public long Length { get; private set; }

        public MirrorEntry? Entry { get; private set; }

        public DateTimeOffset StartedAt => DateTimeOffset.UnixEpoch;

        public MirrorEntry? Previous(string url) => null;

        public MirrorEntry? Resumed(string url) => null;

        public Task<MirrorEntry> KeepAsync(MirrorEntry entry, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task<MirrorEntry> StoreAsync(MirrorEntry entry, Stream body, CancellationToken cancellationToken)
        {
            if (entry.Url == "/")
            {
                (Entry, SentBefore) = (entry, server.BodyBytes);
                var buffer = new byte[1 << 16];
                for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
                {
                    Length += read;
                }
            }

            return entry;
        }

        public Task NoteAsync(MirrorEntry entry, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<MirrorCompletion> CompleteAsync(string? ended, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class DribblingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 7_001)], cancellationToken);
    }
}
