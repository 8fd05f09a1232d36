using System.Collections;

namespace HostingOps.Engine.Failover.Hooks;

/// <summary>Blots out the values of environment variables that hold secrets, by the variables' names.</summary>
internal sealed class SecretMask
{
    // Shorter values are words that occur by themselves; blotting those out would ruin the output and hide nothing.
    private const int ShortestSecret = 8;
    private const string Blot = "***";

    // Stands for one character of a secret until the text has its final length. A noncharacter: no program prints it.
    private const char Mark = '\uFFFF';

    private static readonly string[] TellingNames =
        ["SECRET", "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "PRIVATE_KEY", "API_KEY", "APIKEY", "ACCESS_KEY", "WEBHOOK"];

    private readonly List<string> secrets;

    /// <summary>Learns the secrets of an environment.</summary>
    public SecretMask(IEnumerable<KeyValuePair<string, string?>> environment) => secrets = environment
        .Where(static variable => TellingNames.Any(name => variable.Key.Contains(name, StringComparison.OrdinalIgnoreCase)))
        .Select(static variable => variable.Value?.Trim() ?? "")
        .Where(static value => value.Length >= ShortestSecret)
        .Distinct(StringComparer.Ordinal)
        // A secret may begin with another one; the longer is blotted out first.
        .OrderByDescending(static value => value.Length)
        .ToList();

    /// <summary>Length of the longest secret.</summary>
    public int Longest => secrets.Count == 0 ? 0 : secrets[0].Length;

    /// <summary>This process's environment with some variables set anew.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> CurrentEnvironmentWith(IReadOnlyDictionary<string, string> additional) =>
        Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(static variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value))
            .Concat(additional.Select(static variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)));

    /// <summary>The text without the secrets.</summary>
    public string Hide(string text) => Blotted(Marked(text));

    /// <summary>The same without the first <paramref name="dropped"/> characters, and without what is left of a secret across that cut.</summary>
    public string Hide(string text, int dropped) => Blotted(Marked(text)[dropped..]);

    private string Marked(string text)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, new string(Mark, secret.Length), StringComparison.Ordinal);
        }

        return text;
    }

    private static string Blotted(string text)
    {
        if (!text.Contains(Mark))
        {
            return text;
        }

        var result = new System.Text.StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != Mark)
            {
                result.Append(text[index]);
            }
            else if (index == 0 || text[index - 1] != Mark)
            {
                result.Append(Blot);
            }
        }

        return result.ToString();
    }
}
