using HostingOps.Engine.Mirror.Checking;
using HostingOps.Engine.Tests.Mirror.Generations;

namespace HostingOps.Engine.Tests.Mirror.Checking;

public sealed class MirrorComparisonTests
{
    private static readonly MirrorEntry Page = Mirrors.Entry("/a") with { FileHash = "AB", ContentType = "text/html; charset=utf-8" };
    private static readonly MirrorAnswer Same = new() { Status = 200, ContentType = "text/html;charset=UTF-8", Hash = "ab" };
    private static readonly MirrorEntry Redirect = Mirrors.Entry("/old", null, MirrorEntryKind.Redirect) with { Status = 301, Location = "/new?x=1#y" };

    [Fact]
    public void The_same_answer_is_no_difference()
    {
        Assert.Null(Compare(Page, Same));
        Assert.Null(Compare(Page with { ContentType = null }, Same));
        Assert.Null(Compare(Page with { ContentType = "text/html" }, Same));
        Assert.Null(Compare(Page with { Status = 203 }, Same));
        Assert.Null(Compare(Redirect, new MirrorAnswer { Status = 301, Location = "https://www.acme.example/new?x=1#y" }));
        Assert.Null(Compare(Redirect, new MirrorAnswer { Status = 301, Location = "/new?x=1#y" }));
    }

    [Fact]
    public void Anything_else_is_told_with_what_was_expected()
    {
        Assert.Equal("/a: status 404 instead of status 200", Compare(Page, Same with { Status = 404 })!.ToString());
        Assert.Equal("/a: type text/plain instead of type text/html; charset=utf-8", Compare(Page, Same with { ContentType = "text/plain" })!.ToString());
        Assert.Equal("/a: type text/html; charset=latin1 instead of type text/html; charset=utf-8", Compare(Page, Same with { ContentType = "text/html; charset=latin1" })!.ToString());
        Assert.Equal("/a: hash cd instead of hash AB", Compare(Page, Same with { Hash = "cd" })!.ToString());
        Assert.Equal("/a: type none instead of type text/html; charset=utf-8", Compare(Page, Same with { ContentType = null })!.ToString());
        Assert.Equal("/a: no TLS instead of status 200", Compare(Page, new MirrorAnswer { Failure = "no TLS" })!.ToString());
        Assert.Equal("/a: its coding 'rot13' is not known instead of status 200", Compare(Page, Same with { Failure = "its coding 'rot13' is not known" })!.ToString());
        Assert.Equal("/old: status 302 instead of status 301", Compare(Redirect, new MirrorAnswer { Status = 302, Location = "/new?x=1#y" })!.ToString());
        Assert.Equal("/old: a redirect to https://evil.example/ instead of a redirect to /new?x=1#y", Compare(Redirect, new MirrorAnswer { Status = 301, Location = "https://evil.example/" })!.ToString());
        Assert.Equal("/old: a redirect to nowhere instead of a redirect to /new?x=1#y", Compare(Redirect, new MirrorAnswer { Status = 301 })!.ToString());
    }

    [Fact]
    public void Bytes_are_left_alone_where_the_server_adds_to_pages() =>
        Assert.Null(MirrorComparison.Compare(Page, Same with { Hash = "cd" }, "www.acme.example", compareBytes: false));

    [Fact]
    public void A_sample_has_the_front_page_and_as_many_others_as_asked_each_as_likely()
    {
        var entries = Enumerable.Range(0, 50).Select(static page => Mirrors.Entry($"/{page:00}"))
            .Append(Mirrors.Entry("/"))
            .Append(Mirrors.Entry("/gone", null, MirrorEntryKind.Missing))
            .Append(Mirrors.Entry("/404", null, MirrorEntryKind.NotFoundPage)).ToArray();
        var counts = new Dictionary<string, int>();
        var random = new Random(1);
        foreach (var _ in Enumerable.Range(0, 2000))
        {
            var chosen = MirrorSample.Choose(entries, 6, random);
            Assert.Equal(6, chosen.DistinctBy(static entry => entry.Url).Count());
            Assert.Equal("/", chosen[0].Url);
            foreach (var entry in chosen)
            {
                counts[entry.Url] = counts.GetValueOrDefault(entry.Url) + 1;
            }
        }

        Assert.Equal(51, counts.Count);
        Assert.All(counts.Where(static pair => pair.Key != "/"), static pair => Assert.InRange(pair.Value, 130, 300));
        Assert.Empty(MirrorSample.Choose(entries, 0, random));
        Assert.Equal(51, MirrorSample.Choose(entries, 1000, random).Count);
    }

    private static MirrorDifference? Compare(MirrorEntry entry, MirrorAnswer answer) => MirrorComparison.Compare(entry, answer, "www.acme.example", compareBytes: true);
}
