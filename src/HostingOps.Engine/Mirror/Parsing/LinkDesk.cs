using Url = AngleSharp.Dom.Url;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>
/// Takes one document's references: notes the places they lead to, and says what each must be in the mirror. A reference
/// is left as it is when a browser that reads the mirror's document comes to the right place by it.
/// </summary>
internal sealed class LinkDesk
{
    // A sitemap may have as many; a page with more is none that somebody wrote.
    private const int MostLinks = 50_000;

    private readonly MirrorScope scope;
    private readonly Dictionary<(string Key, bool IsAsset), FoundLink> links = [];
    private readonly List<FoundLink> inOrder = [];
    private Url origin;
    private Url? stage;
    private bool hasBase;

    /// <summary>Opens the desk for a document.</summary>
    /// <param name="scope">What belongs to the mirror.</param>
    /// <param name="document">Where the document is.</param>
    /// <param name="address">Its URL at the origin.</param>
    public LinkDesk(MirrorScope scope, MirrorPlace document, string address)
    {
        this.scope = scope;
        origin = new Url(address);
        stage = MirrorScope.OnStage(document);
    }

    /// <summary>All places noted so far, each once.</summary>
    public IReadOnlyList<FoundLink> Links => inOrder;

    /// <summary>Takes the document's base URL (the first base element with href), to be called before <see cref="Take"/>.</summary>
    /// <returns>What its href must be in the mirror, or null to leave it.</returns>
    public string? Rebase(string reference)
    {
        var wanted = Resolve(reference);
        if (wanted is null)
        {
            return null;
        }

        var place = scope.Locate(wanted);
        var before = stage!;
        origin = wanted;
        hasBase = true;
        if (place is null)
        {
            // Relative references lead outside from here on, and nothing that is written relative leads to the mirror.
            stage = null;
            return null;
        }

        stage = MirrorScope.OnStage(place);
        return Asked(Urls.Resolve(before, reference)) == place.Key ? null : Relative(place.Key);
    }

    /// <summary>Takes a reference.</summary>
    /// <param name="reference">As it stands in the document, decoded.</param>
    /// <param name="use">What for.</param>
    /// <returns>What it must be in the mirror, or null to leave it.</returns>
    public string? Take(string reference, ReferenceUse use)
    {
        if (Resolve(reference, use is ReferenceUse.Link) is not { } url || scope.Locate(url) is not { } place || IsReserved(place))
        {
            return null;
        }

        var isAsset = use is ReferenceUse.Asset or ReferenceUse.AssetIdentity;
        if (place.Host is not null && !isAsset)
        {
            // Of other hosts only assets are kept, so a link there stays a link there.
            return null;
        }

        if (use != ReferenceUse.Action)
        {
            Note(new FoundLink(place, isAsset));
        }

        if (use is ReferenceUse.Identity or ReferenceUse.AssetIdentity || stage is null)
        {
            return null;
        }

        var fragment = string.IsNullOrEmpty(url.Fragment) ? "" : "#" + url.Fragment;
        var there = Urls.Resolve(stage, reference);
        return Asked(there) == place.Key ? null : Relative(place.Key) + fragment;
    }

    /// <summary>Notes where an address leads that stays as it is.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isAsset">Whether a browser fetches it by itself.</param>
    /// <param name="modified">What a sitemap says of its last change, or null.</param>
    public void Note(string address, bool isAsset, DateTimeOffset? modified)
    {
        if (Resolve(address) is { } url && scope.Locate(url) is { } place && (place.Host is null || isAsset) && !IsReserved(place))
        {
            Note(new FoundLink(place, isAsset, modified));
        }
    }

    private void Note(FoundLink link)
    {
        if (inOrder.Count < MostLinks && links.TryAdd((link.Place.Key, link.IsAsset), link))
        {
            inOrder.Add(link);
        }
    }

    // Where a document names its base, a link to nothing or to a fragment leads to the base, and not to the document.
    private Url? Resolve(string reference, bool isLink = false)
    {
        var trimmed = reference.AsSpan().Trim();
        if ((trimmed.IsEmpty || trimmed[0] == '#') && !(hasBase && isLink))
        {
            return null;
        }

        var url = Urls.Resolve(origin, reference);
        return url.IsInvalid || url.Scheme is not ("http" or "https") ? null : url;
    }

    // A site that has such a path itself would be taken for the mirror's own.
    private static bool IsReserved(MirrorPlace place) => place.Host is null && place.PathAndQuery.StartsWith(MirrorPlace.Reserved, StringComparison.Ordinal);

    private static string? Asked(Url url) => MirrorScope.AskedOnStage(url);

    // A path that begins with two slashes would be read as a host's name.
    private static string Relative(string key) => key.StartsWith("//", StringComparison.Ordinal) ? "/." + key : key;
}
