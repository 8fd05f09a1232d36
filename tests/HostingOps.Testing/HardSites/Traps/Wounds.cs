using System.Text;
using HostingOps.Testing.Http;

namespace HostingOps.Testing.HardSites.Traps;

/// <summary>Answers that come late, broken, too big, or not at all. What heals by itself is always there; the rest when asked for.</summary>
internal static class Wounds
{
    public static void Lay(HardSiteMap map)
    {
        map.Trap = "slow and busy";
        map.Start("/slow.html", "<a href=\"/wound/slow\">slow</a> <a href=\"/wound/busy\">busy</a> <a href=\"/wound/chunked\">chunked</a> <a href=\"/wound/short-length\">length</a> <a href=\"/wound/hiccup\">once</a> <a href=\"/wound/torn-once\">torn</a>");
        Served(map, "/wound/slow", body => RawAnswer.Of(200, "text/html; charset=utf-8", body) with { Pieces = 6, Pause = TimeSpan.FromMilliseconds(60) });
        Served(map, "/wound/chunked", body => RawAnswer.Of(200, "text/html; charset=utf-8", body) with { Chunked = true, Pieces = 7 });
        Busy(map);
        var asked = 0;
        Served(map, "/wound/hiccup", body => Interlocked.Increment(ref asked) == 1
            ? RawAnswer.Text(503, "text/html", "<p>One moment").With("Retry-After", "0")
            : RawAnswer.Of(200, "text/html; charset=utf-8", body));
        var torn = 0;
        Served(map, "/wound/torn-once", body => RawAnswer.Of(200, "text/html; charset=utf-8", body) with { CutAfter = Interlocked.Increment(ref torn) == 1 ? 20 : null });
        // Content-Length is the truth on the wire: what follows it is no part of the body, nor of the next answer.
        var page = Encoding.UTF8.GetBytes(map.Document("Short", "<p>All there is</p>"));
        map.Serve("/wound/short-length", _ => RawAnswer.Of(200, "text/html; charset=utf-8", [.. page, .. "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsmuggled!"u8]) with { Length = page.Length });
        map.Expect("/wound/short-length", "text/html; charset=utf-8", [page]);
        if (map.Options.IsWounded)
        {
            Deadly(map);
        }
    }

    private static void Busy(HardSiteMap map)
    {
        var first = 0L;
        Served(map, "/wound/busy", body => (RawAnswer)(Interlocked.CompareExchange(ref first, Environment.TickCount64, 0) is var seen && (seen == 0 || Environment.TickCount64 - seen < 950)
            ? RawAnswer.Text(429, "text/html", "<p>Too many").With("Retry-After", "1")
            : RawAnswer.Of(200, "text/html; charset=utf-8", body)));
        // The first, and the one after the second that was asked for.
        map.AtMost("/wound/busy", 2);
    }

    private static void Served(HardSiteMap map, string url, Func<byte[], RawAnswer> answer)
    {
        var body = Encoding.UTF8.GetBytes(map.Document(url, $"<p>{url}</p>"));
        map.Serve(url, _ => answer(body));
        map.Expect(url, "text/html; charset=utf-8", [body]);
    }

    private static void Deadly(HardSiteMap map)
    {
        map.Trap = "never whole";
        (string Url, RawAnswer Answer)[] wounds =
        [
            ("/wound/500", RawAnswer.Text(500, "text/html", "<p>Broken")),
            ("/wound/cut", RawAnswer.Text(200, "text/html", $"<p>{new string('x', 5000)}</p>") with { CutAfter = 2000 }),
            ("/wound/cut-chunks", RawAnswer.Text(200, "text/html", $"<p>{new string('y', 5000)}</p>") with { Chunked = true, CutAfter = 2000 }),
            ("/wound/cut.css", RawAnswer.Text(200, "text/css", new string(' ', 5000)) with { CutAfter = 100 }),
            ("/wound/stalled", RawAnswer.Text(200, "text/html", $"<p>{new string('z', 5000)}</p>") with { Pieces = 2, Stalls = true }),
            ("/wound/long-length", RawAnswer.Text(200, "text/html", "<p>Short</p>") with { Length = 100_000 }),
            ("/wound/huge.bin", RawAnswer.Of(200, "application/octet-stream", new byte[64 * 1024]) with { Times = 160_000 }),
            ("/wound/endless", RawAnswer.Of(200, "text/html", Encoding.ASCII.GetBytes(new string('e', 64 * 1024))) with { Times = 160_000, Chunked = true }),
            ("/wound/bomb", Bomb()),
            ("/wound/no-gzip", RawAnswer.Text(200, "text/html", "<p>This is no gzip</p>").With("Content-Encoding", "gzip")),
        ];
        map.Start("/wounds.html", string.Concat(wounds.Select(static wound => wound.Url.EndsWith(".css", StringComparison.Ordinal) ? $"<link rel=stylesheet href=\"{wound.Url}\">" : $"<a href=\"{wound.Url}\">x</a> ")));
        foreach (var (url, answer) in wounds)
        {
            map.Serve(url, _ => answer);
            map.Expect(new HardAnswer(url, map.Trap) { Status = 0 });
            map.AtMost(url, 6);
        }
    }

    private static RawAnswer Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
        {
            var zeroes = new byte[1 << 20];
            for (var megabyte = 0; megabyte < 64; megabyte++)
            {
                gzip.Write(zeroes);
            }
        }

        return RawAnswer.Of(200, "text/html", packed.ToArray()).With("Content-Encoding", "gzip");
    }
}
