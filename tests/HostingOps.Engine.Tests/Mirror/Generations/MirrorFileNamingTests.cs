using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Mirror.Generations;

namespace HostingOps.Engine.Tests.Mirror.Generations;

public sealed class MirrorFileNamingTests
{
    private const string Html = "text/html; charset=utf-8";

    // What has taken files out of their folders, or one file for another, in other people's programs.
    private static readonly Gen<string> Part = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Where(static text => text is not null),
        Gen.Elements(
            "..", ".", "", "...", ". .", "%2e%2e", "%2E%2e", "..%2f..%2fetc", "%2f", "%5c", "..\\..", "%00", "a%00.html", "%", "%zz", "%c0%ae%c0%ae", "%e9", "%ff",
            "CON", "con.html", "NUL", "nul.", "COM1", "com1.tar.gz", "LPT9", "COM\u00b9", "CONIN$", "aux ", "PROGRA~1", "a:b", "a:$DATA", "C:", "~", "~root",
            "a.", "a ", " a", "a..", ".htaccess", ".git", ".well-known", ".mirror", "files", "FILES", ".mirror%2ffiles", "cdn.example.net",
            "A", "a", "\u00e9", "e\u0301", "%C3%A9", "e%CC%81", "\u00c9", "\ufb01", "fi", "\u212a", "k", "K", "\u017f", "s", "\u0131", "\u0130", "i", "I", "\u00df", "ss",
            "\u202egpj.exe", "\u200b", "\ufeff", "\ud83d\ude00", "\ud800", "index.html", "INDEX.HTML", "index", "a.html", "a.HTML", "a%2ehtml", "*", "|", "<", "\"", "\n", "\t", "\u0085", "\u00a0"),
        Gen.Choose(190, 300).Select(static length => new string('x', length)),
        Gen.Choose(60, 110).Select(static length => new string('\u00fc', length)));

    private static readonly Gen<string> Url =
        from count in Gen.Choose(1, 6)
        from parts in Part.ArrayOf(count)
        from query in Gen.Elements("", "", "", "?", "?a=1", "?a=2", "?a=../..", "?%00")
        select "/" + string.Join('/', parts) + query;

    private static readonly Gen<string?> ContentType =
        Gen.Elements<string?>(Html, "text/css", "image/png", null, "", "application/x-unknown", "text/html", "../evil", "text/plain; x=/../..");

    [Theory]
    [InlineData("/", Html, "index.html")]
    [InlineData("/a/", Html, "a/index.html")]
    [InlineData("/a", Html, "a.html")]
    [InlineData("/a/b.html", Html, "a/b.html")]
    [InlineData("/style.css", "text/css", "style.css")]
    [InlineData("/feed/", "application/rss+xml", "feed/index.xml")]
    [InlineData("/caf%C3%A9/", Html, "café/index.html")]
    [InlineData("/a%20b.pdf", "application/pdf", "a b.pdf")]
    [InlineData("/uploads/IMG_1234.JPG", "image/jpeg", "uploads/IMG_1234.JPG")]
    [InlineData("/robots.txt", "text/plain", "robots.txt")]
    [InlineData("/.well-known/security.txt", "text/plain", ".well-known/security.txt")]
    [InlineData("/.mirror/cdn.example.net/lib/x.js", "text/javascript", ".mirror/cdn.example.net/lib/x.js")]
    public void What_a_plain_web_server_finds_by_itself_keeps_its_name(string url, string contentType, string file) =>
        Assert.Equal(file, MirrorFileNaming.Natural(url, contentType));

    [Theory]
    [InlineData("/a?page=2")]
    [InlineData("/a%2Fb")]
    [InlineData("/a%5Cb")]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("/%2e%2e/x")]
    [InlineData("/a/../b")]
    [InlineData("/a//b")]
    [InlineData("/a%00.html")]
    [InlineData("/a%e9")]
    [InlineData("/e%CC%81")]
    [InlineData("/con")]
    [InlineData("/Nul.html")]
    [InlineData("/com1.tar.gz")]
    [InlineData("/a./b")]
    [InlineData("/a%20/b")]
    [InlineData("/PROGRA~1")]
    [InlineData("/a:b")]
    [InlineData("/.htaccess")]
    [InlineData("/.mirror/health")]
    [InlineData("/.mirror/files/x.html")]
    [InlineData("/.mirror/")]
    [InlineData("/%2Emirror/cdn.example.net/x")]
    public void What_it_would_not_find_or_must_not_is_named_by_its_hash(string url)
    {
        Assert.Null(MirrorFileNaming.Natural(url, Html));
        Assert.Matches("^\\.mirror/files/[0-9a-f]{64}\\.html$", MirrorFileNaming.Hashed(url, Html));
    }

    [Fact]
    public void No_url_whatever_leads_out_of_the_content_or_to_a_name_that_a_system_takes_for_another() => Prop.ForAll(
        Url.ToArbitrary(),
        ContentType.ToArbitrary(),
        static (url, contentType) =>
        {
            var file = new FileClaims().Claim(url, contentType);
            var root = Path.Combine(Path.GetTempPath(), "content");

            Assert.StartsWith(root + Path.DirectorySeparatorChar, Path.GetFullPath(Path.Combine(root, file)), StringComparison.Ordinal);
            Assert.Equal(file, Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(root, file))).Replace('\\', '/'));
            Assert.True(Encoding.UTF8.GetByteCount(file) <= 800);
            Assert.DoesNotContain(file, static character => char.IsControl(character) || "<>:\"\\|?*%#".Contains(character, StringComparison.Ordinal) || char.IsSurrogate(character));
            var parts = file.Split('/');
            Assert.All(parts[(parts[0] is ".mirror" or ".well-known" ? 1 : 0)..], static part =>
            {
                Assert.False(part.Length == 0 || part[0] is '.' or ' ' || part[^1] is '.' or ' ', part);
                Assert.DoesNotMatch("(?i)^(con|prn|aux|nul|conin\\$|conout\\$|clock\\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\\.|$)", part);
                Assert.DoesNotMatch("~[0-9]", part);
                Assert.InRange(Encoding.UTF8.GetByteCount(part), 1, 200);
                Assert.True(part.IsNormalized());
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void No_two_urls_have_one_file_nor_is_one_the_others_folder_even_where_case_and_forms_of_a_letter_are_one() => Prop.ForAll(
        Url.ArrayOf(12).ToArbitrary(),
        ContentType.ToArbitrary(),
        static (urls, contentType) =>
        {
            var claims = new FileClaims();
            var files = urls.Distinct(StringComparer.Ordinal).Select(url => claims.Claim(url, contentType)).Select(Folded).ToArray();

            Assert.Equal(files.Length, files.Distinct(StringComparer.Ordinal).Count());
            Assert.DoesNotContain(files, file => files.Any(other => other.StartsWith(file + "/", StringComparison.Ordinal)));
            Assert.Equal(files, urls.Distinct(StringComparer.Ordinal).Select(url => claims.Claim(url, contentType)).Select(Folded));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Case_collisions_and_a_file_that_is_also_a_folder_get_names_of_their_own()
    {
        var claims = new FileClaims();

        Assert.Equal("About.html", claims.Claim("/About", Html));
        Assert.StartsWith(".mirror/files/", claims.Claim("/about", Html), StringComparison.Ordinal);
        Assert.Equal("a", claims.Claim("/a", "text/plain"));
        Assert.StartsWith(".mirror/files/", claims.Claim("/a/b", "text/plain"), StringComparison.Ordinal);
        Assert.Equal("d/e", claims.Claim("/d/e", "text/plain"));
        Assert.StartsWith(".mirror/files/", claims.Claim("/D", "text/plain"), StringComparison.Ordinal);
        Assert.Equal("d.html", claims.Claim("/d", Html));
        Assert.Equal("caf\u00e9.html", claims.Claim("/caf%C3%A9", Html));
        Assert.StartsWith(".mirror/files/", claims.Claim("/CAF%C3%89", Html), StringComparison.Ordinal);
        Assert.StartsWith(".mirror/files/", claims.Claim("/%61bout", Html), StringComparison.Ordinal);
    }

    // Not the code's own folding: what APFS and NTFS do at most, by .NET's tables.
    private static string Folded(string file) => file.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Normalize(NormalizationForm.FormD);
}
