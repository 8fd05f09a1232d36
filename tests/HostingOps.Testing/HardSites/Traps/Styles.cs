namespace HostingOps.Testing.HardSites.Traps;

/// <summary>Style sheets: chains and cycles of imports, fonts, escapes, and what only looks like an address.</summary>
internal static class Styles
{
    public static void Lay(HardSiteMap map)
    {
        map.Trap = "style sheets";
        map.Start("/styles.html", "<link rel=stylesheet href=\"/css/chain-1.css\"><p class=\"font\">Styled</p>");
        map.Add("/css/chain-1.css", "text/css", $"@charset \"utf-8\";\n@import \"chain-2.css\" screen;\n@import url( 'sub/chain-3.css' ) supports(display: grid);\n@import url(«http://{map.Own}/css/absolute.css»);\n/* @import \"never-comment.css\"; url(/css/never-comment.png) */\n");
        map.Add("/css/chain-2.css", "text/css", "@import 'chain-1.css';\np { background: URL(\"../img/css-up.png\") no-repeat }\n");
        map.Add("/css/sub/chain-3.css", "text/css", "@import \"../chain-2.css\";\n@import \"chain-3.css\";\n@import \"chain-4.css\" layer(base);\nb { background: url(here.png), url(«//" + map.Own + "/img/css-second.png») }\n");
        map.Add("/css/sub/chain-4.css", "text/css", "i { list-style: square url(\"../../img/css-list.png\"); cursor: url(/img/css-cursor.png) 2 2, auto }\n");
        map.Add("/css/absolute.css", "text/css", ".x { background: image-set(\"/img/set-1x.png\" 1x, url(/img/set-2x.png) 2x); background-image: -webkit-image-set(url(/img/set-webkit.png) 1x) }\n");
        map.Picture("/img/css-up.png", "/css/sub/here.png", "/img/css-second.png", "/img/css-list.png", "/img/css-cursor.png", "/img/set-1x.png", "/img/set-2x.png", "/img/set-webkit.png");
        Fonts(map);
        Escapes(map);
    }

    private static void Fonts(HardSiteMap map)
    {
        map.Trap = "fonts";
        map.Start("/fonts.html", "<link rel=stylesheet href=\"/css/fonts.css\"><p class=\"font\">Set in its own font</p>");
        map.Add("/css/fonts.css", "text/css", "@font-face { font-family: Own; src: url(/fonts/own.eot); src: url(/fonts/own.eot?#iefix) format('embedded-opentype'), local(Own), url(\"/fonts/own.woff2?v=4.7\") format(\"woff2\"), url(/fonts/own.svg#own) format(svg) }\n@media print { @font-face { font-family: Other; src: url(/fonts/print.woff) } }\n.font { font-family: Own, serif }\n");
        map.Add("/fonts/own.eot", "application/vnd.ms-fontobject", [0, 1, 2]);
        map.Add("/fonts/own.eot?", "application/vnd.ms-fontobject", [0, 1, 2]);
        map.Optional();
        map.Add("/fonts/own.woff2?v=4.7", "font/woff2", "wOF2"u8.ToArray());
        map.Add("/fonts/own.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"><defs><font id=\"own\"/></defs></svg>");
        map.Add("/fonts/print.woff", "font/woff", "wOFF"u8.ToArray());
    }

    private static void Escapes(HardSiteMap map)
    {
        map.Trap = "style sheet escapes";
        map.Start("/css-escapes.html", "<link rel=stylesheet href=\"/css/escapes.css\"><p>Escapes</p>");
        map.Add("/css/escapes.css", "text/css", "a { background: url(/img/css\\20 space.png) }\nb { background: url(\"/img/css\\28 1\\29.png\") }\ni { background: url('/img/css-broken\\\n-line.png') }\nu { background: \\75 rl(/img/css-function.png) }\ns { background: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=) }\np::after { content: \"url(/css/never-string.png)\" }\n@namespace svg url(/css/never-namespace);\nq { background: url(#fragment); filter: url(\"/img/filters.svg#blur\") }\nem { background: url() ; color: red }\n.unclosed { background: url(/img/css-last.png");
        map.Picture("/img/css%20space.png", "/img/css(1).png", "/img/css-broken-line.png", "/img/css-last.png", "/img/css-function.png");
        map.Add("/img/filters.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"><filter id=\"blur\"/></svg>");
        map.MustNotAsk("/css/never*");
    }
}
