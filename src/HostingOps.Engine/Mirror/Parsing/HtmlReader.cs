using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>
/// Reads an HTML page or an SVG picture and edits it where its references stand. AngleSharp says what is a tag, by the whole of the
/// HTML Standard's rules; nothing is written anew from its tree, so all that is not a reference stays as it was, byte by byte.
/// </summary>
internal sealed class HtmlReader
{
    // A srcdoc in a srcdoc in a srcdoc was written by nobody.
    private const int DeepestNesting = 2;

    private readonly string text;
    private readonly Encoding? encoding;
    private readonly LinkDesk desk;
    private readonly int nesting;
    private readonly List<Tag> tags = [];
    private readonly List<TextEdit> edits = [];
    private bool follow = true;
    private int endOfPrevious;

    private HtmlReader(string text, Encoding? encoding, LinkDesk desk, int nesting)
    {
        this.text = text;
        this.encoding = encoding;
        this.desk = desk;
        this.nesting = nesting;
    }

    /// <summary>Reads.</summary>
    /// <param name="body">As sent, content codings undone.</param>
    /// <param name="contentType">Its Content-Type.</param>
    /// <param name="desk">Takes the references.</param>
    public static DocumentReading Read(byte[] body, string? contentType, LinkDesk desk)
    {
        var (encoding, named) = DocumentCharset.Of(body, contentType);

        // Read as Latin-1, a character's place is its byte's; what an address's bytes mean is looked at one by one.
        var carrier = DocumentCharset.IsAsciiBased(encoding) ? Encoding.Latin1 : encoding;
        var text = carrier.GetString(body);
        var reader = new HtmlReader(text, carrier == encoding ? null : encoding, desk, 0);
        reader.Run();
        return new DocumentReading(reader.edits.Count == 0 ? null : carrier.GetBytes(TextEdit.Apply(text, reader.edits)), desk.Links)
        {
            Follow = reader.follow,
            Charset = named,
        };
    }

    private void Run()
    {
        new HtmlParser(new HtmlParserOptions
        {
            // What stands in noscript is read too: it is what visitors without scripts are shown.
            IsScripting = false,
            SkipComments = true,
            SkipDataText = true,
            SkipRawText = true,
            SkipRCDataText = true,
            SkipScriptText = true,
            OnToken = (token, range) =>
            {
                if (token.Type == HtmlTokenType.StartTag || (token.Type == HtmlTokenType.EndTag && token.Name == "style"))
                {
                    tags.Add(new Tag((HtmlTagToken)token, range.Start.Index));
                }
            },
        }).ParseDocument(text);

        var scanned = new List<TagScanner.Attribute>();
        Rebase(scanned);
        var style = -1;
        foreach (var (token, at) in tags)
        {
            if (at < endOfPrevious || at >= text.Length || text[at] != '<')
            {
                continue;
            }

            if (token.Type == HtmlTokenType.EndTag)
            {
                if (style >= 0)
                {
                    edits.AddRange(CssReader.Read(text[style..at], desk, style));
                }

                style = -1;
                continue;
            }

            endOfPrevious = TagScanner.Scan(text, at, scanned);
            style = token.Name == "style" ? endOfPrevious : -1;
            if (token.Name != "base")
            {
                foreach (var attribute in scanned)
                {
                    Take(token, attribute);
                }
            }
        }
    }

    private void Rebase(List<TagScanner.Attribute> scanned)
    {
        foreach (var (token, at) in tags)
        {
            if (token.Name == "base" && token.Type == HtmlTokenType.StartTag && at < text.Length && text[at] == '<')
            {
                TagScanner.Scan(text, at, scanned);
                if (scanned.Find(static attribute => attribute.Name == "href") is { Name: not null } href)
                {
                    if (desk.Rebase(Value(token, href)) is { } wanted)
                    {
                        edits.Add(RawValue.Replace(href.Start, Raw(href), wanted, Decode, Escape));
                    }

                    return;
                }
            }
        }
    }

    private void Take(HtmlTagToken token, TagScanner.Attribute attribute)
    {
        if (token.Name == "meta" && attribute.Name == "content" && RobotsMeta.IsFor(token.GetAttribute("name")))
        {
            follow &= RobotsMeta.Follows(Value(token, attribute));
            return;
        }

        if (attribute.Length == 0 || HtmlReferences.Of(token.Name, attribute.Name, token.GetAttribute) is not var (form, use))
        {
            return;
        }

        var value = Value(token, attribute);
        switch (form)
        {
            case HtmlReferences.Form.Url when attribute.Name.StartsWith("data-", StringComparison.Ordinal):
                TakeLazy(attribute, value);
                break;
            case HtmlReferences.Form.Url:
                TakeUrl(attribute.Start, Raw(attribute), value, use);
                break;
            case HtmlReferences.Form.Srcset:
                TakeWithin(attribute, value, SrcsetReader.Find, use);
                break;
            case HtmlReferences.Form.Refresh:
                TakeWithin(attribute, value, MetaRefresh.Find, use);
                break;
            case HtmlReferences.Form.Style:
                TakeStyle(attribute, value);
                break;
            case HtmlReferences.Form.Document when nesting < DeepestNesting:
                var inner = new HtmlReader(value, null, desk, nesting + 1);
                inner.Run();
                ReplaceWhole(attribute, value, inner.edits);
                break;
        }
    }

    private void TakeLazy(TagScanner.Attribute attribute, string value)
    {
        if (value.Contains("url(", StringComparison.OrdinalIgnoreCase))
        {
            TakeStyle(attribute, value);
        }
        else if (value.AsSpan().Trim().IndexOfAny(" \t\r\n{}<>$\"") < 0 && value.AsSpan().IndexOfAny('/', '.') >= 0)
        {
            // Scripts keep other things in data attributes too, and patterns of addresses.
            TakeUrl(attribute.Start, Raw(attribute), value, ReferenceUse.Asset);
        }
    }

    private void TakeUrl(int start, string raw, string value, ReferenceUse use)
    {
        if (desk.Take(value, use) is { } wanted)
        {
            edits.Add(RawValue.Replace(start, raw, wanted, Decode, Escape));
        }
    }

    private void TakeStyle(TagScanner.Attribute attribute, string value)
    {
        if (Raw(attribute) == value)
        {
            edits.AddRange(CssReader.Read(value, desk, attribute.Start, Escape));
        }
        else
        {
            ReplaceWhole(attribute, value, CssReader.Read(value, desk));
        }
    }

    private void TakeWithin(TagScanner.Attribute attribute, string value, Func<string, IEnumerable<(int Start, int Length)>> find, ReferenceUse use)
    {
        if (Raw(attribute) == value)
        {
            foreach (var (start, length) in find(value))
            {
                var part = value.Substring(start, length);
                TakeUrl(attribute.Start + start, part, part, use);
            }

            return;
        }

        var within = new List<TextEdit>();
        foreach (var (start, length) in find(value))
        {
            if (desk.Take(value.Substring(start, length), use) is { } wanted)
            {
                within.Add(RawValue.Replace(start, value.Substring(start, length), wanted, static text => text, static text => text));
            }
        }

        ReplaceWhole(attribute, value, within);
    }

    // Where character references stand in a value, places in it are not places in the source.
    private void ReplaceWhole(TagScanner.Attribute attribute, string value, List<TextEdit> within)
    {
        if (within.Count > 0)
        {
            var escaped = Escape(TextEdit.Apply(value, within));
            edits.Add(new TextEdit(attribute.Start, attribute.Length, attribute.IsQuoted ? escaped : "\"" + escaped + "\""));
        }
    }

    private string Raw(TagScanner.Attribute attribute) => text.Substring(attribute.Start, attribute.Length);

    private string Value(HtmlTagToken token, TagScanner.Attribute attribute)
    {
        var raw = text.AsSpan(attribute.Start, attribute.Length);
        if (!raw.Contains('&'))
        {
            return Ascii.IsValid(raw) ? raw.ToString() : Decode(raw.ToString());
        }

        return Ascii.IsValid(raw) ? token.GetAttribute(attribute.Name) ?? "" : Decode(raw.ToString());
    }

    private string Decode(string raw)
    {
        // Without an encoding the text is characters already.
        var meant = encoding is null || Ascii.IsValid(raw) ? raw : QueryBytes(encoding.GetString(Encoding.Latin1.GetBytes(raw)), encoding);
        return raw.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(meant) : meant;
    }

    // In a query a browser sends the page's own encoding (URL Standard §4.4).
    private static string QueryBytes(string value, Encoding encoding)
    {
        var mark = value.IndexOf('?', StringComparison.Ordinal);
        if (encoding is UTF8Encoding || mark < 0)
        {
            return value;
        }

        var built = new StringBuilder(value[..mark]);
        foreach (var rune in value.AsSpan(mark).EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                built.Append((char)rune.Value);
                continue;
            }

            foreach (var part in encoding.GetBytes(rune.ToString()))
            {
                built.Append('%').Append(part.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return built.ToString();
    }

    private string Escape(string value)
    {
        var escaped = value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("'", "&#39;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
        return encoding is null || Ascii.IsValid(escaped) ? escaped : InSource(escaped);
    }

    private static string InSource(string escaped)
    {
        var built = new StringBuilder();
        foreach (var rune in escaped.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                built.Append((char)rune.Value);
            }
            else
            {
                built.Append("&#").Append(rune.Value).Append(';');
            }
        }

        return built.ToString();
    }

    private readonly record struct Tag(HtmlTagToken Token, int At);
}
