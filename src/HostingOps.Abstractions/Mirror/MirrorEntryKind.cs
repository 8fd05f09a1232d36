namespace HostingOps;

/// <summary>What a mirror holds for one URL.</summary>
public enum MirrorEntryKind : long
{
    /// <summary>An HTML page.</summary>
    Page,

    /// <summary>Anything else with a body: a style sheet, an image, a feed, a document.</summary>
    Asset,

    /// <summary>A redirect, kept as one.</summary>
    Redirect,

    /// <summary>The page that the site shows for what does not exist.</summary>
    NotFoundPage,

    /// <summary>Asked for and gone: 404 or 410.</summary>
    Missing,

    /// <summary>Asked for and not had: 5xx, a refused or broken connection, a body too large.</summary>
    Failed,

    /// <summary>Never asked for, with the reason.</summary>
    Skipped,
}
