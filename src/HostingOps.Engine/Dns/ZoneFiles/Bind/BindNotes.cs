namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>The comments in which a zone file keeps what only Route 53 knows.</summary>
internal static class BindNotes
{
    /// <summary>What a comment of ours begins with, behind the <c>;</c>.</summary>
    public const string Mark = "hostingops:";

    /// <summary>A comment behind a record: the record stands in for a record set that a comment above describes.</summary>
    public const string StandIn = "stand-in";

    public static string Write(string note) => "; " + Mark + " " + note;

    /// <summary>What a comment of ours says, with how many characters stand before it; null for another comment.</summary>
    public static (string Note, int Offset)? Read(string? comment)
    {
        var offset = comment is null ? 0 : comment.Length - comment.AsSpan().TrimStart(" \t").Length;
        return comment is not null && comment.AsSpan(offset).StartsWith(Mark, StringComparison.Ordinal)
            ? (comment[(offset + Mark.Length)..].Trim(), comment.Length - comment.AsSpan(offset + Mark.Length).TrimStart().Length)
            : null;
    }
}
