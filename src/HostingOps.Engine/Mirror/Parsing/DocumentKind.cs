namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>How a body is read for links.</summary>
internal enum DocumentKind
{
    /// <summary>Not read.</summary>
    Other,

    /// <summary>An HTML page.</summary>
    Html,

    /// <summary>CSS.</summary>
    StyleSheet,

    /// <summary>A picture that may refer to others.</summary>
    Svg,

    /// <summary>A web app's manifest.</summary>
    Manifest,

    /// <summary>A sitemap or a feed, perhaps.</summary>
    Xml,
}
