using System.Text;
using System.Text.RegularExpressions;
using HostingOps.Testing.Http;
using HostingOps.Testing.Pictures;

namespace HostingOps.Testing.HardSites;

/// <summary>
/// What the hard site serves, and what a perfect mirror of it answers and never asks. In texts, <c>«origin|mirror»</c> is what the
/// origin says and what the mirror must say; <c>«http://own/path»</c> becomes the path; more parts are alternatives.
/// </summary>
public sealed partial class HardSiteMap(HardSiteOptions options, string assetAuthority)
{
    private readonly Dictionary<string, Func<RawRequest, RawAnswer>> served = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, Func<RawRequest, RawAnswer?> Answer)> spaces = [];
    private readonly List<HardAnswer> expected = [];
    private readonly List<string> never = [];
    private readonly List<(string Pattern, int Most)> bounds = [];
    private readonly List<string> starts = [];

    public HardSiteOptions Options => options;

    /// <summary>The site's own name.</summary>
    public string Own => options.HostName;

    /// <summary>Scheme and authority of the asset host.</summary>
    public string Assets => $"http://{assetAuthority}";

    /// <summary>The trap that is being laid.</summary>
    public string Trap { get; set; } = "";

    public IReadOnlyList<HardAnswer> Expected => expected;

    /// <summary>Targets that nobody may ask for; <c>*</c> at the end stands for anything.</summary>
    public IReadOnlyList<string> Never => never;

    /// <summary>Endless spaces, and how many requests into each are plenty.</summary>
    public IReadOnlyList<(string Pattern, int Most)> Bounds => bounds;

    /// <summary>What the front page links to.</summary>
    public IReadOnlyList<string> Starts => starts;

    public RawAnswer? Answer(RawRequest request)
    {
        var target = Normal(request.Target);
        return served.TryGetValue(target, out var answer)
            ? answer(request)
            : spaces.Where(space => target.StartsWith(space.Prefix, StringComparison.Ordinal)).Select(space => space.Answer(request)).FirstOrDefault(static found => found is not null);
    }

    /// <summary>An HTML page that the front page links to.</summary>
    public void Start(string url, string body)
    {
        starts.Add(url);
        Page(url, body);
    }

    public void LinkFromFront(string url) => starts.Add(url);

    /// <summary>An HTML page in UTF-8; the body is put into a frame unless it is a whole document.</summary>
    public void Page(string url, string body) => Add(url, "text/html; charset=utf-8", Document(url, body));

    public void Add(string url, string type, string text) => Add(url, type, text, Encoding.UTF8);

    /// <summary>A text in some encoding. A charset in the type is expected of the mirror too.</summary>
    public void Add(string url, string type, string text, Encoding encoding, bool withMark = false)
    {
        byte[] Encoded(string part) => [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(part)];
        Add(url, type, Encoded(Said(text)), [.. Alternatives(text).Select(Encoded)]);
    }

    /// <summary>Bytes that the mirror has as they are.</summary>
    public void Add(string url, string type, byte[] body) => Add(url, type, body, [body]);

    public void Add(string url, string type, byte[] body, IReadOnlyList<byte[]> mirrored)
    {
        Serve(url, _ => RawAnswer.Of(200, type, body));
        Expect(url, type, mirrored);
    }

    /// <summary>A picture of its own colour.</summary>
    public void Picture(params string[] urls)
    {
        foreach (var url in urls)
        {
            Add(url, "image/png", Png.Write(Pictures.Picture.Of(url)));
        }
    }

    public void Redirect(string url, int status, string location)
    {
        Serve(url, _ => RawAnswer.Redirect(status, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Said(location)))));
        expected.Add(new HardAnswer(url, Trap) { Status = status, Locations = Alternatives(location) });
    }

    /// <summary>Serves without expecting it of the mirror.</summary>
    public void Serve(string url, Func<RawRequest, RawAnswer> answer) => served.Add(Normal(url), answer);

    /// <summary>Serves all that begins so and is nothing else; null for the site's 404.</summary>
    public void Space(string prefix, Func<RawRequest, RawAnswer?> answer) => spaces.Add((prefix, answer));

    public void Expect(string url, string type, IReadOnlyList<byte[]> bodies)
    {
        var parts = type.Split(';', StringSplitOptions.TrimEntries);
        var charset = parts.Skip(1).FirstOrDefault(static part => part.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))?[8..].Trim('"');
        expected.Add(new HardAnswer(url, Trap) { MediaType = parts[0].ToLowerInvariant(), Charset = charset, Bodies = bodies });
    }

    public void Expect(HardAnswer answer) => expected.Add(answer);

    /// <summary>The newest expectation may be missing in a mirror.</summary>
    public void Optional() => expected[^1] = expected[^1] with { IsOptional = true };

    /// <summary>The newest expectation says its charset by itself: the type need not.</summary>
    public void AnyCharset() => expected[^1] = expected[^1] with { Charset = null };

    public void MustNotAsk(params string[] patterns) => never.AddRange(patterns);

    public void AtMost(string pattern, int requests) => bounds.Add((pattern, requests));

    public string Document(string title, string body) => body.Contains("<html", StringComparison.OrdinalIgnoreCase)
        ? body
        : $"<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{title.Replace("&", "&amp;", StringComparison.Ordinal)}</title><link rel=\"stylesheet\" href=\"/css/site.css\"></head>\n<body>\n{body}\n</body>\n</html>\n";

    /// <summary>What the origin sends of a text.</summary>
    public static string Said(string text) => Marked().Replace(text, static match => match.Groups[1].Value.Split('|')[0]);

    /// <summary>What the mirror may say instead.</summary>
    public static IReadOnlyList<string> Alternatives(string text)
    {
        var most = Marked().Matches(text).Select(static match => match.Groups[1].Value.Count(static letter => letter == '|')).DefaultIfEmpty(1).Max();
        return [.. Enumerable.Range(1, Math.Max(1, most)).Select(choice => Marked().Replace(text, match => Choice(match.Groups[1].Value.Split('|'), choice)))];
    }

    /// <summary>The same for all spellings that are equal by RFC 3986, section 6.2.2.</summary>
    public static string Normal(string target) => Escape().Replace(target, static match =>
    {
        var letter = (char)Convert.ToByte(match.Value[1..], 16);
        return char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~' ? letter.ToString() : match.Value.ToUpperInvariant();
    });

    private static string Choice(string[] parts, int choice) => parts.Length > 1
        ? parts[Math.Min(choice, parts.Length - 1)]
        : Authority().Replace(parts[0], "") is { Length: > 0 } path && path[0] == '/' ? path : "/" + Authority().Replace(parts[0], "");

    [GeneratedRegex("«([^»]*)»")]
    private static partial Regex Marked();

    [GeneratedRegex("^(?:[a-zA-Z]+:)?(?://|\\\\/\\\\/)[^/\\\\?#]*")]
    private static partial Regex Authority();

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Escape();
}
