using AngleSharp;
using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Tests.Mirror.Parsing;

/// <summary>Where the URLs of a style sheet stand.</summary>
public sealed class CssReaderTests
{
    [Theory]
    [InlineData("a{background:url(x.png)}", "*/css/x.png")]
    [InlineData("a{background:URL( \"x y.png\" )}", "*/css/x%20y.png")]
    [InlineData("@import url(a.css) screen; @import \"b.css\"; @import 'c.css' layer(x);", "*/css/a.css", "*/css/b.css", "*/css/c.css")]
    [InlineData("@font-face{src:url(f.woff2) format(\"woff2\"), url('f.woff')}", "*/css/f.woff2", "*/css/f.woff")]
    [InlineData("a{background-image:image-set(\"1.png\" 1x, url(2.png) 2x)} b{background:-webkit-image-set(url(3.png) 1x)}", "*/css/1.png", "*/css/2.png", "*/css/3.png")]
    [InlineData("a{background:image-set(\"1.avif\" type(\"image/avif\"))}", "*/css/1.avif")]
    [InlineData("/* url(no.png) */ a{content:\"url(no.png)\"} b{content:'@import \"no.css\"'}")]
    [InlineData("@namespace svg url(http://www.acme.example/svg); @charset \"utf-8\";")]
    [InlineData("a{b:url(\\78.png)} c{d:u\\72 l(y.png)}", "*/css/x.png", "*/css/y.png")]
    [InlineData("a{b:url(x\\).png)}", "*/css/x).png")]
    [InlineData("a{b:url(data:image/png;base64,AAAA)} c{d:url(#frag)} e{f:url()}")]
    [InlineData("a{--x:url(z.png)} @media print{b{c:url(m.png)}}", "*/css/z.png", "*/css/m.png")]
    [InlineData("a{b:url(\"unclosed.png\n)} c{d:url(after.png)}", "*/css/after.png")]
    [InlineData("a{b:url(bad url.png)} c{d:url(after.png)}", "*/css/after.png")]
    [InlineData("a{b:url(https://elsewhere.example/x.png)} c{d:url(//cdn.example.net/y.png)}", "*/.mirror/cdn.example.net/y.png")]
    [InlineData("a{src: src(\"s.png\")} b{x:my-url(no.png)}", "*/css/s.png")]
    [InlineData("a{b:url(x.png", "*/css/x.png")]
    public void Urls_are_found(string css, params string[] links) => Assert.Equal(links, Reading.Css(css).Links);

    [Theory]
    [InlineData("a{b:url(https://www.acme.example/x.png)}", "a{b:url(/x.png)}")]
    [InlineData("@import  'http://acme.example/i.css'  screen;", "@import  '/i.css'  screen;")]
    [InlineData("a{b:url( \"//cdn.example.net/f(1).png\" )}", "a{b:url( \"/.mirror/cdn.example.net/f(1).png\" )}")]
    [InlineData("a{b:url(https://www.acme.example/x/../f\\(1\\).png)}", "a{b:url(/f\\(1\\).png)}")]
    [InlineData("a { b : url(x.png) } /* https://www.acme.example/ */", "a { b : url(x.png) } /* https://www.acme.example/ */")]
    public void Own_addresses_become_relative_where_they_stand(string css, string expected) => Assert.Equal(expected, Reading.Css(css).Text);

    [Theory]
    [InlineData("a{b:url(/fonts/x.woff)}", "a{b:url(/.mirror/cdn.example.net/fonts/x.woff)}")]
    [InlineData("a{b:url(../fonts/x.woff)}", "a{b:url(../fonts/x.woff)}")]
    [InlineData("a{b:url(../../../x.woff)}", "a{b:url(/.mirror/cdn.example.net/x.woff)}")]
    [InlineData("a{b:url(https://www.acme.example/own.png)}", "a{b:url(/own.png)}")]
    public void A_sheet_of_an_asset_host_works_below_its_folder(string css, string expected) =>
        Assert.Equal(expected, Reading.Css(css, "/css/site.css", "cdn.example.net").Text);

    [Fact]
    public void AngleSharp_s_parser_finds_no_url_that_is_not_found_here()
    {
        const string css = """
            @import url("one.css") screen and (min-width: 1px);
            @import 'two.css';
            @font-face { font-family: "A"; src: url(a.woff2) format("woff2"), url("a.woff") format("woff"); }
            body { background: #fff url( 'bg.png' ) no-repeat; cursor: url(c.cur), pointer; }
            ul { list-style: square url("li.gif"); list-style-image: url(li2.gif) }
            @media screen { h1 { background-image: url(h1.png), linear-gradient(red, blue), url(h1b.png); } }
            @supports (display: grid) { h2 { border-image: url("b.png") 30 round; } }
            .x::before { content: url(quote.svg); filter: url(f.svg#f); mask-image: url(mask.svg); }
            """;
        var own = CssReader.Find(css).Select(static reference => reference.Value).ToHashSet(StringComparer.Ordinal);
        var sheet = new CssParser(new CssParserOptions { IsIncludingUnknownDeclarations = true, IsIncludingUnknownRules = true, IsNotResolvingRelativeUrls = true }, BrowsingContext.New(Configuration.Default.WithCss())).ParseStyleSheet(css);
        var theirs = new HashSet<string>(StringComparer.Ordinal);
        Collect(sheet.Rules, theirs);
        Assert.True(theirs.Count >= 8, string.Join(" ", theirs));
        Assert.Empty(theirs.Except(own));
        Assert.Equal(14, own.Count);
    }

    private static void Collect(ICssRuleList rules, HashSet<string> found)
    {
        foreach (var rule in rules)
        {
            if (rule is ICssImportRule import)
            {
                found.Add(import.Href);
            }

            // Serialized by AngleSharp, so the quotes are its own.
            foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(rule is ICssGroupingRule ? "" : rule.CssText, "url\\(\"([^\"]*)\"\\)"))
            {
                found.Add(match.Groups[1].Value);
            }

            if (rule is ICssGroupingRule group)
            {
                Collect(group.Rules, found);
            }
        }
    }
}
