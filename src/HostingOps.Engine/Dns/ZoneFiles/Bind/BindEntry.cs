namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>One entry of a zone file: a line, or several that parentheses hold together.</summary>
/// <param name="Tokens">Its words; none on a line that is empty or a comment.</param>
/// <param name="StartsBlank">Whether the line begins with a blank: the entry is of the owner before.</param>
/// <param name="Comment">What stands behind the last <c>;</c>, or null.</param>
/// <param name="Line">The first line.</param>
/// <param name="CommentLine">The comment's line.</param>
/// <param name="CommentColumn">Where the comment's text begins.</param>
internal sealed record BindEntry(IReadOnlyList<BindToken> Tokens, bool StartsBlank, string? Comment, int Line, int CommentLine, int CommentColumn);
