using HostingOps.Engine.Mirror.Generations;

namespace HostingOps.Engine.Tests.Mirror.Generations;

public sealed class WholeCheckTests
{
    [Fact]
    public void Assets_and_links_that_lead_to_nothing_are_counted_once_each_and_judged_by_their_share()
    {
        var entries = new[]
        {
            Page("/", "/style.css", "/gone.png", "/about", "/dead", "/old", "/loop", "/outside", "/robots-said-no", "/.mirror/cdn.example.net/x.js"),
            Page("/about", "/style.css", "/gone.png", "/dead", "/never-settled", "/chain"),
            Mirrors.Entry("/style.css", "text/css", MirrorEntryKind.Asset),
            Other("/gone.png", MirrorEntryKind.Missing),
            Other("/dead", MirrorEntryKind.Missing),
            Other("/.mirror/cdn.example.net/x.js", MirrorEntryKind.Failed) with { Status = 503 },
            Other("/robots-said-no", MirrorEntryKind.Skipped),
            Other("/old", MirrorEntryKind.Redirect) with { Location = "/about#x" },
            Other("/chain", MirrorEntryKind.Redirect) with { Location = "/to-dead" },
            Other("/to-dead", MirrorEntryKind.Redirect) with { Location = "/dead" },
            Other("/loop", MirrorEntryKind.Redirect) with { Location = "/loop" },
            Other("/outside", MirrorEntryKind.Redirect) with { Location = "https://other.example/" },
        };

        var verdict = Judge(entries, 100);

        Assert.Equal(["/.mirror/cdn.example.net/x.js", "/gone.png"], verdict.MissingAssets);
        Assert.Equal(["/chain", "/dead", "/loop", "/never-settled"], verdict.BrokenLinks);
        Assert.Null(verdict.Reason);
        Assert.Equal(
            "6 of 11 links and assets lead to nothing (54.5 %, 54.5 % are allowed), the first /.mirror/cdn.example.net/x.js.", Judge(entries, 54.5).Reason);
        Assert.Null(Judge(entries, 54.6).Reason);
    }

    [Theory]
    [InlineData(5, true, false)]
    [InlineData(0.1, true, false)]
    [InlineData(0, false, false)]
    [InlineData(50, true, false)]
    [InlineData(100, true, true)]
    public void A_small_site_may_have_one_dead_link(double allowed, bool withOne, bool withTwo)
    {
        var one = new[] { Page("/", "/a", "/dead"), Page("/a"), Other("/dead", MirrorEntryKind.Missing) };
        var two = new[] { Page("/", "/dead", "/gone.png"), Other("/dead", MirrorEntryKind.Missing), Other("/gone.png", MirrorEntryKind.Missing) };

        Assert.Equal((withOne, withTwo), (Judge(one, allowed).Reason is null, Judge(two, allowed).Reason is null));
    }

    [Theory]
    [InlineData("/a", 500, null, "The site failed to answer for 1 of its own URLs, the first /a (status 500).")]
    [InlineData("/a", 429, null, "The site failed to answer for 1 of its own URLs, the first /a (status 429).")]
    [InlineData("/a", 0, "The connection was refused.", "The site failed to answer for 1 of its own URLs, the first /a (The connection was refused).")]
    [InlineData("/a", 200, "Larger than 256 MiB.", null)]
    [InlineData("/.mirror/cdn.example.net/a.js", 500, null, null)]
    public void An_own_answer_that_failed_makes_it_not_whole(string url, int status, string? reason, string? expected) =>
        Assert.Equal(expected, Judge([Page("/"), Other(url, MirrorEntryKind.Failed) with { Status = status, Reason = reason }], 5).Reason);

    [Fact]
    public void A_crawl_that_ended_early_and_one_without_pages_are_not_whole()
    {
        Assert.Equal("It has no page.", Judge([Mirrors.Entry("/style.css", "text/css", MirrorEntryKind.Asset)], 100).Reason);
        var check = new WholeCheck();
        check.Add(Page("/"));
        Assert.Equal("The crawl ended before it had everything: 20,000 answers are enough.", check.Judge(100, "20,000 answers are enough.").Reason);
    }

    private static WholeVerdict Judge(IEnumerable<MirrorEntry> entries, double maxMissingPercent)
    {
        var check = new WholeCheck();
        foreach (var entry in entries)
        {
            check.Add(entry);
        }

        return check.Judge(maxMissingPercent, ended: null);
    }

    private static MirrorEntry Page(string url, params string[] links) => Mirrors.Entry(url) with
    {
        Links = [.. links.Select(static link => new MirrorLink(link, Path.HasExtension(link)))],
    };

    private static MirrorEntry Other(string url, MirrorEntryKind kind) => new() { Url = url, Kind = kind };
}
