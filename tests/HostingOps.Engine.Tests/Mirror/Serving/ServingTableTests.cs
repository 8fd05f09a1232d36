using System.Text.RegularExpressions;
using HostingOps.Engine.Mirror.Serving;
using HostingOps.Engine.WebServers;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Serving;

public sealed class ServingTableTests
{
    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData("/", "index.html")]
    [InlineData("/a/", "a/index.html")]
    [InlineData("/a", "a.html")]
    [InlineData("/b", "b")]
    [InlineData("/%62", "b")]
    [InlineData("/caf%C3%A9", "café.html")]
    [InlineData("/c%2Fd", null)]
    [InlineData("/x/../b", null)]
    [InlineData("//b", null)]
    [InlineData("/%zz", null)]
    [InlineData("/b%00", null)]
    [InlineData("/caf%E9", null)]
    [InlineData("/.mirror/files/x.html", null)]
    [InlineData("/.hostingops/b", null)]
    [InlineData("/.mirror/health", null)]
    [InlineData("/B", null)]
    [InlineData("b", null)]
    [InlineData("", null)]
    public void Files_are_found_as_a_web_server_finds_them(string path, string? file) =>
        Assert.Equal(file, new NaturalFiles(["index.html", "a/index.html", "a.html", "b", "b.html", "café.html", "c/d", ".mirror/files/x.html", ".hostingops/b", ".mirror/health"]).Find(path));

    [Fact]
    public void Only_what_a_server_would_not_find_by_itself_is_told()
    {
        var table = ServingTable.Create(
        [
            Page("/", "index.html"), Page("/a", "a.html"), Page("/b/", "b/index.html"), Page("/odd", "odd.html", "text/html; charset=koi8-r"), Page("/a?page=2", ".mirror/files/a2.html"),
            Page("/a?utm_source=x", ".mirror/files/a3.html") with { FileHash = "a.html" },
        ]);

        Assert.Equal(["/a?page=2", "/odd"], table.Told.Keys);
        Assert.Equal("text/html", table.Types["html"]);
    }

    [Fact]
    public void A_parameter_chooses_when_an_answer_says_so()
    {
        var rule = ServingTable.Create([Page("/a", "a.html"), Page("/a?page=2", "p2"), Page("/a?sort=up", "a.html"), Page("/b?id=1&fbclid=3", "b1"), Page("/?p=9", "p9"), Page("/x?filter%5B%5D=a.b", "f")]).Query;

        Assert.Equal("(?:filter%5B%5D|id|p|page)", rule.Name!.Replace("\\%", "%", StringComparison.Ordinal));
        foreach (var (url, key) in new[]
        {
            ("/a", "/a"), ("/a?", "/a"), ("/a?page=3", "/a?page=3"), ("/a?pages=3", "/a"), ("/a?xpage=3", "/a"), ("/a?x=page", "/a"), ("/a?page", "/a?page"), ("/a?page=3&x=1&y", "/a?page=3"), ("/a?page=3&x=1&id=2", "/a?page=3&x=1&id=2"),
            ("/a?x=1&page=3", "/a?x=1&page=3"), ("/a?page=1&id=2&x", "/a?page=1&id=2"), ("/a?sort=down", "/a"), ("/a?PAGE=1", "/a"), ("/a?filter%5B%5D=1&z", "/a?filter%5B%5D=1"),
        })
        {
            Assert.Equal(key, rule.KeyOf(url));
        }
    }

    [Fact]
    public void Where_thousands_of_names_choose_every_name_does_but_trackers()
    {
        var rule = ServingTable.Create(Enumerable.Range(0, 2000).Select(static number => Page($"/a?name{number}", $"f{number}")).ToList()).Query;

        Assert.Null(rule.Name);
        Assert.Equal(("/a?name7", "/a?other", "/a?other=1", "/a", "/a?name7"), (rule.KeyOf("/a?name7"), rule.KeyOf("/a?other"), rule.KeyOf("/a?other=1&utm_source=2&fbclid"), rule.KeyOf("/a?utm_source=1&gclid=2"), rule.KeyOf("/a?name7&utm_medium=x")));
    }

    [Fact]
    public void A_name_that_begins_like_a_tracker_is_none()
    {
        var rule = ServingTable.Create(Enumerable.Range(0, 2000).Select(static number => Page($"/a?name{number}", $"f{number}")).ToList()).Query;

        Assert.Equal(("/a?gclidx=1", "/a?utm=1"), (rule.KeyOf("/a?gclidx=1"), rule.KeyOf("/a?utm=1")));
    }

    [Fact]
    public void Overlong_URLs_and_such_with_white_space_are_left_out_and_said()
    {
        var longest = "/" + new string('x', ServingTable.LongestKey);
        var table = ServingTable.Create([Page("/", "index.html"), Page(longest, ".mirror/files/l.html"), Page("/a b", "ab"), Page("/a\nb", "ab"), Page("x", "x")]);

        Assert.Equal([longest, "/a b", "/a\nb", "x"], table.LeftOut);
        Assert.Empty(table.Told);
    }

    [Theory]
    [InlineData("/a\r\nSet-Cookie: x=1")]
    [InlineData("/a b")]
    [InlineData("")]
    public void A_redirect_to_no_URL_is_not_served(string location) =>
        Assert.Empty(ServingTable.Create([new MirrorEntry { Url = "/r", Kind = MirrorEntryKind.Redirect, Status = 301, Location = location }]).Told);

    [Theory]
    [InlineData(301, 301)]
    [InlineData(308, 308)]
    [InlineData(300, 302)]
    [InlineData(304, 302)]
    [InlineData(399, 302)]
    public void A_redirect_of_a_kind_that_browsers_do_not_follow_is_one_for_now(int status, int served) =>
        Assert.Equal(served, Assert.Single(ServingTable.Create([new MirrorEntry { Url = "/r", Kind = MirrorEntryKind.Redirect, Status = status, Location = "/" }]).Told).Value.Status);

    [Fact]
    public void What_failed_with_a_query_is_not_in_the_way_of_its_path()
    {
        var table = ServingTable.Create([Page("/", "index.html"), new MirrorEntry { Url = "/a?utm_source=x", Kind = MirrorEntryKind.Failed }, new MirrorEntry { Url = "/b", Kind = MirrorEntryKind.Failed }]);

        Assert.Equal("/b", Assert.Single(table.Told).Key);
    }

    [SkippableTheory]
    [InlineData(WebServerFormat.Nginx)]
    [InlineData(WebServerFormat.Caddy)]
    public async Task Hostile_texts_stay_texts_for_the_real_server(WebServerFormat format)
    {
        RealPart.Require(format == WebServerFormat.Nginx ? "nginx" : "caddy");
        Skip.If(OperatingSystem.IsWindows(), "such names are files on Unix only");
        using var folder = new TemporaryFolder();
        var mirror = new HandMadeMirror(folder.Path);
        string[] hostile = ["';}", "\";return 200 x;\"", "$host", "${x}", "\\", "a\\\"b", "{http.vars.root}", "`", "#", "~^(", "(?<x>", "%{", "import /etc/passwd", "\t", "\u2028", "ü", "'", "[a-", "*", "|", "default", "include"];
        foreach (var (text, number) in hostile.Select(static (text, number) => (text, number)))
        {
            mirror.Page($"/{number}{text}", $".mirror/files/{number}{text}", type: "text/html; x=" + text).Page($"/q?{text}={text}", $".mirror/files/q{number}{text}").Redirect($"/r{number}{text}", "/" + text).Asset($"/t{number}.x{number}", $"t{number}.x{number}", text);
        }

        mirror.NotFound(".mirror/files/$404`{\"'", "x", "\"");
        await mirror.CompleteAsync();
        var site = TestSites.Acme() with { Mirror = new MirrorSettings { Folder = folder.Path } };

        var test = await new ServerConfigTester(TimeProvider.System).TestAsync(format, "m.conf", listeners => MirrorConfigs.Write(format, MirrorConfigTable.Create([site], null).Single(), listeners).Text, None);

        Assert.True(test.Outcome == ServerConfigTestOutcome.Passed, test.Output);
        Assert.DoesNotContain("warn", test.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Twenty_thousand_told_URLs_of_two_hundred_sites_load_without_a_warning()
    {
        RealPart.Require("nginx");
        using var folder = new TemporaryFolder();
        var sites = Enumerable.Range(0, 200).Select(number => TestSites.Site("site-with-a-rather-long-name-" + number) with { Mirror = new MirrorSettings { Folder = folder.Path, Certificates = "/etc/letsencrypt/live/{domain}" } }).ToList();
        foreach (var site in sites)
        {
            var serve = Directory.CreateDirectory(Path.Combine(folder.Path, site.Name, "current", "serve")).FullName;
            var generation = new HandMadeMirror(folder.Path, site.Name).Generation;
            var table = ServingTable.Create(Enumerable.Range(0, 99).Select(static number => Page($"/list?page={number}&x={new string('y', number)}", $"f{number}.html"))
                .Append(Page("/z?page=" + new string('z', ServingTable.LongestKey - 8), "z.html")).ToList());
            await File.WriteAllTextAsync(Path.Combine(serve, "nginx.map"), NginxServing.Map(generation, table));
            await File.WriteAllTextAsync(Path.Combine(serve, "nginx.conf"), NginxServing.Server(generation, table, new MirrorSettings()));
        }

        var test = await new ServerConfigTester(TimeProvider.System).TestAsync(
            WebServerFormat.Nginx, "m.conf", listeners => MirrorConfigs.Write(WebServerFormat.Nginx, MirrorConfigTable.Create(sites, null).Single(), listeners).Text, None);

        Assert.True(test.Outcome == ServerConfigTestOutcome.Passed, test.Output);
        Assert.DoesNotContain("warn", test.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_host_has_its_own_sites_and_only_those_with_a_mirror()
    {
        var mirrored = new MirrorSettings();
        HostedSite[] sites = [TestSites.Site("zoo") with { Mirror = mirrored }, TestSites.Site("acme") with { Mirror = mirrored, Primary = TestSites.Linode, Secondary = TestSites.DigitalOcean }, TestSites.Site("none"), TestSites.Site("bee") with { Mirror = mirrored }];

        Assert.Equal(["do-1: acme", "li-1: bee, zoo"], MirrorConfigTable.Create(sites, null).Select(static table => $"{table.HostName}: {string.Join(", ", table.Sites.Select(static site => site.Name))}"));
        Assert.Equal("li-1", Assert.Single(MirrorConfigTable.Create(sites, "li-1")).HostName);
        Assert.Equal(ErrorIds.MirrorConfigInvalid, Assert.Throws<HostingException>(() => MirrorConfigTable.Create(sites, "nowhere")).ErrorId);
        Assert.Equal(ErrorIds.MirrorConfigInvalid, Assert.Throws<HostingException>(() => MirrorConfigTable.Create([sites[2]], null)).ErrorId);
    }

    [Theory]
    [InlineData("name;", null, null)]
    [InlineData("../x", null, null)]
    [InlineData("acme", "/srv/$x", null)]
    [InlineData("acme", "relative", null)]
    [InlineData("acme", "/srv/../etc", null)]
    [InlineData("acme", null, "/etc/{domain}\";")]
    public void What_cannot_stand_in_a_configuration_is_refused(string name, string? folder, string? certificates)
    {
        var site = TestSites.Site(name) with { Domain = "acme.example", Mirror = new MirrorSettings { Folder = folder ?? "/srv/mirrors", Certificates = certificates } };

        Assert.Equal(ErrorIds.MirrorConfigInvalid, Assert.Throws<HostingException>(() => MirrorConfigTable.Create([site], null)).ErrorId);
    }

    [Fact]
    public void Two_sites_with_one_name_are_refused()
    {
        var site = TestSites.Acme() with { Mirror = new MirrorSettings() };

        Assert.Contains("already that of site 'acme'", Assert.Throws<HostingException>(() => MirrorConfigTable.Create([site, site with { Name = "other" }], null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WebServerFormat.Nginx)]
    [InlineData(WebServerFormat.Caddy)]
    public void The_same_inventory_gives_the_same_sealed_text(WebServerFormat format)
    {
        var table = MirrorConfigTable.Create([TestSites.Acme() with { Mirror = new MirrorSettings(), Secondary = TestSites.Linode with { AddressV6 = "2001:db8::1" } }], null).Single();
        var (text, checksum) = MirrorConfigs.Write(format, table);

        Assert.Equal((text, checksum), MirrorConfigs.Write(format, table));
        Assert.Equal((ConfigOrigin.Generated, checksum), (ConfigChecksum.Judge(text), ConfigChecksum.Stated(text)));
        Assert.DoesNotContain("ssl", text, StringComparison.Ordinal);
        if (format == WebServerFormat.Nginx)
        {
            Assert.Matches(new Regex("listen 80;\n    listen \\[::\\]:80;\n    server_name www\\.acme\\.example;", RegexOptions.None, TimeSpan.FromSeconds(5)), text);
        }
    }

    [Fact]
    public void Caddy_has_a_block_for_each_certificate()
    {
        var (own, shared) = (Text("/live/{domain}"), Text("/live/{siteDomain}"));

        foreach (var name in new[] { "www.acme.example", "acme.example", "law.example", "www.law.example" })
        {
            Assert.Contains($"\nhttps://{name} {{\n\ttls \"/live/{name}/fullchain.pem\" \"/live/{name}/privkey.pem\"\n", own, StringComparison.Ordinal);
        }

        Assert.Contains("\nhttps://acme.example, https://law.example, https://www.law.example {\n\ttls \"/live/acme.example/fullchain.pem\"", shared, StringComparison.Ordinal);

        static string Text(string certificates) => MirrorConfigs.Write(
            WebServerFormat.Caddy, MirrorConfigTable.Create([TestSites.Acme() with { Aliases = ["law.example"], Mirror = new MirrorSettings { Certificates = certificates } }], null).Single()).Text;
    }

    private static MirrorEntry Page(string url, string file, string type = "text/html") => new() { Url = url, Kind = MirrorEntryKind.Page, Status = 200, File = file, FileHash = file, ContentType = type };
}
