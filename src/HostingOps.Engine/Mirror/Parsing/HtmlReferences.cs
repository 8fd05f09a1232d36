using System.Collections.Frozen;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>Which attributes of which elements refer to something, and how it is written there.</summary>
internal static class HtmlReferences
{
    /// <summary>How an attribute's value refers.</summary>
    public enum Form
    {
        /// <summary>A URL.</summary>
        Url,

        /// <summary>URLs with descriptors.</summary>
        Srcset,

        /// <summary>Style declarations.</summary>
        Style,

        /// <summary>A whole document.</summary>
        Document,

        /// <summary>A time and a URL.</summary>
        Refresh,
    }

    private static readonly FrozenDictionary<string, ReferenceUse> Plain = new Dictionary<string, ReferenceUse>(StringComparer.Ordinal)
    {
        ["a href"] = ReferenceUse.Link, ["a xlink:href"] = ReferenceUse.Link, ["area href"] = ReferenceUse.Link,
        ["iframe src"] = ReferenceUse.Asset, ["frame src"] = ReferenceUse.Asset, ["embed src"] = ReferenceUse.Asset, ["object data"] = ReferenceUse.Asset,
        ["img src"] = ReferenceUse.Asset, ["img lowsrc"] = ReferenceUse.Asset, ["img longdesc"] = ReferenceUse.Link, ["input src"] = ReferenceUse.Asset,
        ["source src"] = ReferenceUse.Asset, ["video src"] = ReferenceUse.Asset, ["video poster"] = ReferenceUse.Asset, ["audio src"] = ReferenceUse.Asset,
        ["track src"] = ReferenceUse.Asset, ["script src"] = ReferenceUse.Asset, ["script href"] = ReferenceUse.Asset, ["script xlink:href"] = ReferenceUse.Asset,
        ["body background"] = ReferenceUse.Asset, ["table background"] = ReferenceUse.Asset, ["td background"] = ReferenceUse.Asset, ["th background"] = ReferenceUse.Asset,
        ["tr background"] = ReferenceUse.Asset, ["image href"] = ReferenceUse.Asset, ["image xlink:href"] = ReferenceUse.Asset, ["image src"] = ReferenceUse.Asset,
        ["use href"] = ReferenceUse.Asset, ["use xlink:href"] = ReferenceUse.Asset, ["feimage href"] = ReferenceUse.Asset, ["feimage xlink:href"] = ReferenceUse.Asset,
        ["form action"] = ReferenceUse.Action, ["button formaction"] = ReferenceUse.Action, ["input formaction"] = ReferenceUse.Action,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What the libraries that load pictures late use; each has its own name and all end alike.
    private static readonly string[] LazyEndings =
        ["src", "-original", "-lazy", "-bg", "-background", "-image", "-img", "-poster", "-thumb", "-full", "-large_image", "-hires", "-retina"];

    private static readonly FrozenSet<string> NoResource = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "preconnect", "dns-prefetch", "pingback", "author", "me", "license", "profile", "help", "search", "edituri", "wlwmanifest", "https://api.w.org/",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Parts = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "apple-touch-startup-image", "mask-icon", "fluid-icon", "image_src", "manifest",
        "preload", "modulepreload", "prefetch", "search",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] PictureMarks =
        ["og:image", "og:video", "og:audio", "twitter:image", "twitter:player:stream", "msapplication-tileimage", "msapplication-square", "msapplication-wide", "msapplication-config", "thumbnail", "image", "thumbnailurl"];

    /// <summary>How an attribute refers, or null when it does not. The attributes of <c>link</c> and <c>meta</c> depend on their neighbours.</summary>
    public static (Form Form, ReferenceUse Use)? Of(string element, string attribute, Func<string, string?> neighbour)
    {
        if (attribute == "style")
        {
            return (Form.Style, ReferenceUse.Asset);
        }

        if (attribute is "srcset" or "imagesrcset")
        {
            return (Form.Srcset, ReferenceUse.Asset);
        }

        if (attribute.StartsWith("data-", StringComparison.Ordinal))
        {
            return attribute.EndsWith("srcset", StringComparison.Ordinal) ? (Form.Srcset, ReferenceUse.Asset)
                : Array.Exists(LazyEndings, ending => attribute.EndsWith(ending, StringComparison.Ordinal)) ? (Form.Url, ReferenceUse.Asset)
                : null;
        }

        return (element, attribute) switch
        {
            ("link", "href") => OfLink(neighbour("rel") ?? "") is { } use ? (Form.Url, use) : null,
            ("meta", "content") => OfMeta(neighbour),
            ("iframe", "srcdoc") => (Form.Document, ReferenceUse.Asset),
            _ => Plain.TryGetValue(element + " " + attribute, out var use) ? (Form.Url, use) : null,
        };
    }

    private static ReferenceUse? OfLink(string rel)
    {
        var words = rel.Split([' ', '\t', '\n', '\r', '\f'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null
            : words.Any(Parts.Contains) ? ReferenceUse.Asset
            : words.Any(static word => word.ToLowerInvariant() is "canonical" or "alternate" or "shortlink" or "amphtml") ? ReferenceUse.Identity
            : words.All(NoResource.Contains) ? null
            : ReferenceUse.Link;
    }

    private static (Form Form, ReferenceUse Use)? OfMeta(Func<string, string?> neighbour)
    {
        if ("refresh".Equals(neighbour("http-equiv")?.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            return (Form.Refresh, ReferenceUse.Link);
        }

        var mark = (Given("property") ?? Given("name") ?? Given("itemprop") ?? "").Trim().ToLowerInvariant();
        return mark is "og:url" or "twitter:url" ? (Form.Url, ReferenceUse.Identity)
            : Array.Exists(PictureMarks, picture => mark == picture
                || (picture.Contains(':', StringComparison.Ordinal) && (mark == picture + ":url" || mark == picture + ":secure_url" || mark == picture + ":src"))
                || (picture.StartsWith("msapplication-", StringComparison.Ordinal) && mark.StartsWith(picture, StringComparison.Ordinal)))
                ? (Form.Url, ReferenceUse.AssetIdentity)
                : null;

        string? Given(string name) => neighbour(name) is { Length: > 0 } value ? value : null;
    }
}
