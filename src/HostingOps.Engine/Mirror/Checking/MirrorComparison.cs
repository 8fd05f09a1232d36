using System.Net.Mime;

namespace HostingOps.Engine.Mirror.Checking;

/// <summary>Whether an answer is what was stored for its URL: status, type, place to go on to, bytes. Pure.</summary>
internal static class MirrorComparison
{
    /// <summary>The difference, or null.</summary>
    /// <param name="entry">What was stored.</param>
    /// <param name="answer">What was answered.</param>
    /// <param name="hostName">The site's own name, against which places to go on to are read.</param>
    /// <param name="compareBytes">False where the server adds something to pages as it serves them.</param>
    public static MirrorDifference? Compare(MirrorEntry entry, MirrorAnswer answer, string hostName, bool compareBytes)
    {
        if (answer.Status is not { } status || answer.Failure is not null)
        {
            return new(entry.Url, Expected(entry), answer.Failure ?? "no answer");
        }

        var expectedStatus = entry.Kind == MirrorEntryKind.Redirect ? entry.Status : 200;
        if (status != expectedStatus)
        {
            return new(entry.Url, FormattableString.Invariant($"status {expectedStatus}"), FormattableString.Invariant($"status {status}"));
        }

        if (entry.Kind == MirrorEntryKind.Redirect)
        {
            return Place(entry, entry.Location, hostName) == Place(entry, answer.Location, hostName)
                ? null
                : new(entry.Url, $"a redirect to {entry.Location}", $"a redirect to {answer.Location ?? "nowhere"}");
        }

        if (!SameType(entry.ContentType, answer.ContentType))
        {
            return new(entry.Url, $"type {entry.ContentType ?? "none"}", $"type {answer.ContentType ?? "none"}");
        }

        return !compareBytes || string.Equals(entry.FileHash, answer.Hash, StringComparison.OrdinalIgnoreCase)
            ? null
            : new(entry.Url, $"hash {entry.FileHash}", $"hash {answer.Hash}");
    }

    private static string Expected(MirrorEntry entry) =>
        entry.Kind == MirrorEntryKind.Redirect ? $"a redirect to {entry.Location}" : "status 200";

    // Servers write absolute places of what was stored relative to the host.
    private static string? Place(MirrorEntry entry, string? location, string hostName) =>
        location is not null && Uri.TryCreate($"https://{hostName}{entry.Url}", UriKind.Absolute, out var from) && Uri.TryCreate(from, location, out var to)
            ? string.Equals(to.IdnHost, hostName, StringComparison.OrdinalIgnoreCase) ? to.PathAndQuery + to.Fragment : to.AbsoluteUri
            : location;

    // Spaces, quotes and case are how two servers write one type; what was stored without one may get any.
    private static bool SameType(string? stored, string? served)
    {
        if (stored is null)
        {
            return true;
        }

        return TryRead(stored) is { } expected && served is not null && TryRead(served) is { } found
            ? string.Equals(expected.MediaType, found.MediaType, StringComparison.OrdinalIgnoreCase)
                && string.Equals(expected.CharSet ?? found.CharSet, found.CharSet, StringComparison.OrdinalIgnoreCase)
            : string.Equals(stored.Trim(), served?.Trim(), StringComparison.OrdinalIgnoreCase);
    }

    private static ContentType? TryRead(string text)
    {
        try
        {
            return new ContentType(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
