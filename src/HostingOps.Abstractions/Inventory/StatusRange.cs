using System.Globalization;

namespace HostingOps;

/// <summary>HTTP status codes from <paramref name="From"/> to <paramref name="To"/>, both included.</summary>
/// <param name="From">100 to 599.</param>
/// <param name="To">100 to 599, not below <paramref name="From"/>.</param>
public readonly record struct StatusRange(int From, int To)
{
    /// <summary>Whether the code lies in the range.</summary>
    public bool Contains(int statusCode) => statusCode >= From && statusCode <= To;

    /// <summary>Reads <c>204</c> or <c>200-299</c>.</summary>
    public static bool TryParse(string text, out StatusRange range)
    {
        range = default;
        var parts = text.Split('-');
        if (parts.Length is < 1 or > 2 || !TryParseCode(parts[0], out var from))
        {
            return false;
        }

        var to = from;
        if ((parts.Length == 2 && !TryParseCode(parts[1], out to)) || to < from)
        {
            return false;
        }

        range = new StatusRange(from, to);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => From == To
        ? From.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{From}-{To}");

    private static bool TryParseCode(string text, out int code) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 599;
}
