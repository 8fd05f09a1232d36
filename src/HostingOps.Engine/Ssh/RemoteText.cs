namespace HostingOps.Engine.Ssh;

/// <summary>Text from the redirector as it may be shown: it must not command a terminal.</summary>
internal static class RemoteText
{
    /// <summary>The text without control characters but line feeds, and without white space at its ends.</summary>
    public static string Clean(string text) =>
        string.Concat(text.Where(static character => character == '\n' || !char.IsControl(character))).Trim();
}
