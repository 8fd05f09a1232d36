using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Alerts.Sending;

/// <summary>Fills environment variables into what an inventory writes, and keeps what came out of it out of every text.</summary>
/// <param name="environment">Reads an environment variable.</param>
internal sealed class ChannelSecrets(Func<string, string?> environment)
{
    private const int ShortestSecret = 6;

    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>The text with every <c>${NAME}</c> filled in.</summary>
    /// <exception cref="MissingVariableException">A variable is not set.</exception>
    public string Fill(string text)
    {
        var filled = EnvironmentText.Fill(text, environment);
        Remember(filled);
        return filled;
    }

    /// <summary>A text of somebody else's, in one line, short, without what was filled in.</summary>
    public string Hide(string text)
    {
        foreach (var secret in known.OrderByDescending(static secret => secret.Length))
        {
            text = text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        }

        return AlertText.Fit(AlertText.Line(text), 200);
    }

    // A receiver that quotes its own address does so in full, from the path on, or by one of its parts.
    private void Remember(string filled)
    {
        var parts = filled.Split(['/', '?', '&', '=', '#'], StringSplitOptions.RemoveEmptyEntries).Skip(filled.Contains("://", StringComparison.Ordinal) ? 2 : 0);
        foreach (var part in parts.Append(filled).Where(static part => part.Length >= ShortestSecret))
        {
            known.Add(part);
            known.Add(Uri.UnescapeDataString(part));
            known.Add(Uri.EscapeDataString(part));
        }
    }
}
