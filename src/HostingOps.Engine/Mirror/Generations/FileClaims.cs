namespace HostingOps.Engine.Mirror.Generations;

/// <summary>
/// Gives each URL of a generation a file of its own, so that no two names meet, nor a file and a folder, even where the file system
/// folds case: the content may be carried to such a one. Who comes first has the natural name. Safe for several threads.
/// </summary>
internal sealed class FileClaims
{
    private const string Folder = "";
    private readonly Dictionary<string, string> owners = new(StringComparer.Ordinal);
    private readonly object gate = new();

    /// <summary>The file for a URL; the same again for the same URL and content type.</summary>
    public string Claim(string url, string? contentType)
    {
        lock (gate)
        {
            if (MirrorFileNaming.Natural(url, contentType) is { } natural && TryTake(natural, url))
            {
                return natural;
            }

            var hashed = MirrorFileNaming.Hashed(url, contentType);
            return TryTake(hashed, url) ? hashed : throw new InvalidOperationException($"The name '{hashed}' is taken.");
        }
    }

    /// <summary>Takes a name that was given before; false when it has another owner.</summary>
    public bool TryRestore(string file, string url)
    {
        lock (gate)
        {
            return TryTake(file, url);
        }
    }

    private bool TryTake(string file, string url)
    {
        var folded = SafeFilePart.Fold(file);
        if (owners.TryGetValue(folded, out var owner))
        {
            return owner == url;
        }

        for (var slash = folded.IndexOf('/'); slash >= 0; slash = folded.IndexOf('/', slash + 1))
        {
            if (owners.TryGetValue(folded[..slash], out var above) && above != Folder)
            {
                return false;
            }
        }

        for (var slash = folded.IndexOf('/'); slash >= 0; slash = folded.IndexOf('/', slash + 1))
        {
            owners[folded[..slash]] = Folder;
        }

        owners[folded] = url;
        return true;
    }
}
