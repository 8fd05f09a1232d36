using System.Globalization;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Route53;

/// <summary>The parameters of a request's query.</summary>
internal sealed class QueryString
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Reads <c>a=b&amp;c=d</c>.</summary>
    public QueryString(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            values[Decode(parts[0])] = parts.Length == 2 ? Decode(parts[1]) : "";
        }
    }

    /// <summary>The parameter's value, or null when it is missing or empty.</summary>
    public string? this[string name] => values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The <c>maxitems</c> parameter: a string in the API, a positive number here.</summary>
    /// <param name="most">What AWS gives at most, and when it is not asked for a number.</param>
    /// <exception cref="ApiException">InvalidInput.</exception>
    public int MaxItems(int most)
    {
        if (this["maxitems"] is not { } text)
        {
            return most;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? Math.Min(number, most)
            : throw new ApiException(400, "InvalidInput", $"The specified value '{text}' of maxitems is not a positive number.");
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
