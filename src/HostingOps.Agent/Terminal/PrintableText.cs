namespace HostingOps.Agent.Terminal;

/// <summary>Text that came from elsewhere (a server's answer, a file), made safe for a terminal.</summary>
internal static class PrintableText
{
    /// <summary>The text on one line: control characters, which could move the cursor or forge output, become spaces.</summary>
    public static string Of(string? text) => Without(text, keepLines: false);

    /// <summary>The same, keeping line breaks.</summary>
    public static string Lines(string? text) => Without(text, keepLines: true);

    private static string Without(string? text, bool keepLines) => text is null || !text.Any(char.IsControl)
        ? text ?? ""
        : string.Create(text.Length, (text, keepLines), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = state.text[i];
                span[i] = char.IsControl(c) && !(state.keepLines && c == '\n') ? ' ' : c;
            }
        });
}
