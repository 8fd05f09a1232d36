using Url = AngleSharp.Dom.Url;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>Resolves references as browsers do (URL Standard).</summary>
internal static class Urls
{
    /// <summary>The absolute URL that a reference means in a document.</summary>
    public static Url Resolve(Url document, string reference)
    {
        // AngleSharp takes the document's path for a host without one: //host?query.
        var text = reference.Trim();
        var slashes = text.AsSpan().IndexOf("//");
        if (slashes >= 0 && (slashes == 0 || (text[slashes - 1] == ':' && text.AsSpan(0, slashes).IndexOfAny("/?#\\") < 0)))
        {
            var end = text.AsSpan(slashes + 2).IndexOfAny("/?#\\");
            if (end > 0 && text[slashes + 2 + end] is '?' or '#')
            {
                text = text.Insert(slashes + 2 + end, "/");
            }
            else if (end < 0)
            {
                text += "/";
            }
        }

        return new Url(document, text);
    }
}
