using System.Text;
using HostingOps.Testing.Http;

namespace HostingOps.Testing.HardSites.Traps;

/// <summary>All places of a page that name something else, and places that only look so.</summary>
internal static class PageParts
{
    public static void Lay(HardSiteMap map)
    {
        Pictures(map);
        Embedded(map);
        Lazy(map);
        Bases(map);
        Oddities(map);
        Decoys(map);
    }

    private static void Pictures(HardSiteMap map)
    {
        map.Trap = "srcset and inline styles";
        map.Start(
            "/pictures.html",
            $"<img src=\"/img/s1.png\" srcset=\"/img/s1-2x.png 2x, «http://{map.Own}/img/s1-3x.png» 3x,/img/s1,comma.png 4x\" alt=\"\">"
            + "<picture><source srcset=\"/img/wide.png 800w,\n /img/narrow.png 400w\" media=\"(min-width: 1px)\"><source srcset=\"data:image/gif;base64,R0lGODlhAQABAAAAACw= 1x, /img/after-data.png 2x\" type=\"image/png\"><img src=\"/img/fallback.png\" alt=\"\"></picture>"
            + $"<div style=\"background: url(&quot;/img/inline.png&quot;); width: 9px\"></div><div style='background-image:url(«http://{map.Own}/img/inline-absolute.png»)'></div>"
            + $"<style>.a {{ background: url(/img/in-style.png) }} @import url(/css/from-style.css); .b {{ background: url('«//{map.Own}/img/in-style-2.png»') }}</style>"
            + "<table background=\"/img/table.png\"><tr><td background=\"img/cell.png\">x</td></tr></table><svg width=9 height=9><image href=\"/img/svg-inline.png\" width=9 height=9 /><use href=\"/img/sprite.svg#dot\"/><use xlink:href=\"/img/sprite-2.svg#dot\"/></svg>");
        map.Picture("/img/s1.png", "/img/s1-2x.png", "/img/s1-3x.png", "/img/s1,comma.png", "/img/wide.png", "/img/narrow.png", "/img/after-data.png", "/img/fallback.png", "/img/inline.png", "/img/inline-absolute.png", "/img/in-style.png", "/img/in-style-2.png", "/img/table.png", "/img/cell.png", "/img/svg-inline.png");
        const string sprite = "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle id=\"dot\" r=\"4\"/></svg>";
        map.Add("/img/sprite.svg", "image/svg+xml", sprite);
        map.Add("/img/sprite-2.svg", "image/svg+xml", sprite);
        // An @import behind another rule is void; whoever reads it all the same finds this.
        map.Serve("/css/from-style.css", static _ => RawAnswer.Text(200, "text/css", "p { margin: 0 }\n"));
    }

    private static void Embedded(HardSiteMap map)
    {
        map.Trap = "embedded documents";
        map.Start(
            "/embedded.html",
            "<iframe src=\"/embed/frame.html\"></iframe><iframe srcdoc=\"&lt;img src=&quot;/img/srcdoc.png&quot; alt=''&gt;\"></iframe><object data=\"/embed/thing.svg\"></object><embed src=\"/embed/thing.pdf\"><video src=\"/embed/clip.webm\" poster=\"/img/poster.png\"><track src=\"/embed/words.vtt\"></video><audio><source src=\"/embed/sound.ogg\"></audio>"
            + "<map name=m><area href=\"/embed/area\" coords=\"0,0,1,1\" alt=\"\"></map><script src=\"/js/plain.js\"></script><script type=\"module\" src=\"/js/module.js\"></script><link rel=\"modulepreload\" href=\"/js/preloaded.js\"><link rel=\"preload\" as=\"image\" href=\"/img/preload.png\" imagesrcset=\"/img/preload-2x.png 2x\"><link rel=\"alternate stylesheet\" title=\"big\" href=\"/css/big.css\"><link rel=\"stylesheet\" media=\"print\" href=\"/css/print.css\">");
        map.Page("/embed/frame.html", "<p>Framed</p><img src=\"../img/in-frame.png\" alt=\"\"><a href=\"/embed/from-frame\">on</a>");
        map.Page("/embed/from-frame", "<p>Found within a frame</p>");
        map.Page("/embed/area", "<p>Area</p>");
        map.Picture("/img/in-frame.png", "/img/srcdoc.png", "/img/poster.png", "/img/preload.png", "/img/preload-2x.png");
        map.Add("/embed/thing.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>");
        map.Add("/embed/thing.pdf", "application/pdf", "%PDF-1.4 thing\n"u8.ToArray());
        map.Add("/embed/clip.webm", "video/webm", [0x1A, 0x45, 0xDF, 0xA3, 1, 2, 3]);
        map.Add("/embed/sound.ogg", "audio/ogg", "OggS"u8.ToArray());
        map.Add("/embed/words.vtt", "text/vtt", "WEBVTT\n");
        map.Add("/js/plain.js", "text/javascript", $"var home = \"http://{map.Own}/never-from-script\";\n");
        map.Add("/js/module.js", "text/javascript", "export default 1;\n");
        map.Add("/js/preloaded.js", "text/javascript", "export default 2;\n");
        map.Add("/css/big.css", "text/css", "p { font-size: 200% }\n");
        map.Add("/css/print.css", "text/css", "p { color: black }\n");
        map.MustNotAsk("/never-from-script");
    }

    private static void Lazy(HardSiteMap map)
    {
        map.Trap = "lazy load";
        map.Start(
            "/lazy.html",
            $"<img class=lazy src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" data-src=\"/img/lazy.png\" data-srcset=\"/img/lazy-2x.png 2x\" alt=\"\"><noscript><img src=\"/img/noscript.png\" alt=\"\"></noscript><img data-original=\"«http://{map.Own}/img/original.png»\" alt=\"\"><div data-bg=\"/img/bg.png\"></div><div data-background-image=\"/img/bg-2.png\"></div><img loading=lazy src=\"/img/native.png\" alt=\"\"><img data-lazy-src=\"/img/wp.png\" alt=\"\"><iframe data-src=\"/embed/frame.html\"></iframe><video data-poster=\"/img/data-poster.png\"></video>");
        map.Picture("/img/lazy.png", "/img/lazy-2x.png", "/img/noscript.png", "/img/original.png", "/img/bg.png", "/img/bg-2.png", "/img/native.png", "/img/wp.png", "/img/data-poster.png");
    }

    private static void Bases(HardSiteMap map)
    {
        map.Trap = "base";
        map.Start("/base/own.html", $"<!doctype html><html><head><base target=_top><base href=\"«http://{map.Own}/based/on/»\"><base href=\"/ignored/\"><link rel=stylesheet href=\"style.css\"></head><body><a href=\"page.html\">page</a> <a href=\"../up.html\">up</a> <a href=\"#here\">here</a> <img src=\"pic.png\" alt=\"\"></body></html>");
        map.Add("/based/on/style.css", "text/css", "p { background: url(relative-to-the-sheet.png) }\n");
        map.Picture("/based/on/relative-to-the-sheet.png", "/based/on/pic.png");
        map.Page("/based/on/page.html", "<p>By the base</p>");
        map.Page("/based/up.html", "<p>Up from the base</p>");
        map.Page("/based/on/", "<p>What a fragment alone leads to</p>");
        map.Start("/base/away.html", $"<!doctype html><html><head><base href=\"https://elsewhere.example/\"></head><body><a href=\"never-by-base\">theirs</a> <a href=\"«http://{map.Own}/base/back|http://{map.Own}/base/back|/base/back»\">ours</a></body></html>");
        map.Page("/base/back", "<p>Back</p>");
        map.MustNotAsk("/never-by-base", "/base/never-by-base", "/base/pic.png", "/base/style.css", "/ignored/*");
    }

    private static void Oddities(HardSiteMap map)
    {
        map.Trap = "odd markup";
        map.Start(
            "/odd.html",
            "<P><A HREF=/odd/unquoted>1<a href = '/odd/single' >2<a\nhref=\"/odd/new\n-line\">3</a><a href=\"\t/odd/tabs\t\">4</a><a href=\"&#47;odd&sol;entity\">5</a><a href=\"/odd/dots/../dots-2/./x\">6</a><a href=\"/odd/%2e%2e/odd/dots-3\">7</a><a href=\"/odd/twice\" href=\"/odd/never-second\">8</a><a href=\"\">self</a><a href=\"#\">top</a><a href=\"?\">empty query</a><a href=\"http://[\">bad</a><a href=\"http://:80/\">bad</a><a href=\"//\">bad</a><a href=\"mailto:a@b.example\">m</a><a href=\"tel:+123\">t</a><a href=\"javascript:void('/odd/never-script')\">j</a><a href=\"data:text/html,<a href=/odd/never-data>\">d</a><a href=\"/odd/last\">9</a><img src=\"/img/unclosed.png\" alt='<a href=/odd/never-in-alt>'");
        map.Page("/odd/unquoted", "<p>Unquoted</p>");
        map.Page("/odd/single", "<p>Single quotes</p>");
        map.Page("/odd/new-line", "<p>A line end within an address is left out</p>");
        map.Page("/odd/tabs", "<p>Tabs around</p>");
        map.Page("/odd/entity", "<p>Slashes as references</p>");
        map.Page("/odd/dots-2/x", "<p>Dots</p>");
        map.Page("/odd/dots-3", "<p>Dots as escapes</p>");
        map.Page("/odd/twice", "<p>The first of two</p>");
        map.Page("/odd/last", "<p>Last</p>");
        map.Space("/odd.html?", static _ => RawAnswer.Redirect(301, "/odd.html"));
        // A tag that the end of the file cuts off is dropped by parsers.
        map.Serve("/img/unclosed.png", static _ => RawAnswer.Of(200, "image/png", []));
        map.MustNotAsk("/odd/never*", "/odd/dots/*");
        var bare = Encoding.UTF8.GetBytes("<a href=/odd/bare-target>no html, no head, no body");
        map.Add("/odd/bare", "text/html", bare);
        map.LinkFromFront("/odd/bare");
        map.Page("/odd/bare-target", "<p>Bare</p>");
    }

    private static void Decoys(HardSiteMap map)
    {
        map.Trap = "what is no link";
        map.Start(
            "/decoys.html",
            "<!-- <a href=\"/decoy/comment\"> <img src=/decoy/comment.png> --><script>var a = '<a href=\"/decoy/script\">';</script><textarea><a href=\"/decoy/textarea\"></a></textarea><title><a href=/decoy/title></title><pre>&lt;a href=/decoy/escaped&gt;</pre><a ping=\"/decoy/ping\" href=\"/decoys.html\">self</a><link rel=\"dns-prefetch\" href=\"//elsewhere.example/\"><link rel=\"preconnect\" href=\"https://elsewhere.example\"><script type=\"application/json\">{\"href\": \"/decoy/json\"}</script><p title=\"/decoy/title-attribute\">src=\"/decoy/text.png\"</p><style>/* url(/decoy/css-comment.png) */ p::after { content: \"url(/decoy/css-string.png)\" } @namespace url(/decoy/namespace);</style>");
        map.MustNotAsk("/decoy/*");
    }
}
