namespace HostingOps;

/// <summary>What a secondary host's mirror is worth.</summary>
public enum SiteMirrorStatus : long
{
    /// <summary>It did not say, or what it said can't be read: nothing is known.</summary>
    Unknown,

    /// <summary>Fresh, whole, and what was sampled is what was stored.</summary>
    Good,

    /// <summary>Older than the site's MaxAge.</summary>
    Stale,

    /// <summary>It lacks something: it was saved so.</summary>
    Incomplete,

    /// <summary>It serves something else than was stored, or another site's mirror.</summary>
    Different,
}
