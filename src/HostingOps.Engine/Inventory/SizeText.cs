using System.Globalization;

namespace HostingOps.Engine.Inventory;

/// <summary>Sizes as an inventory writes them: a whole number and one of <c>B</c>, <c>KiB</c>, <c>MiB</c>, <c>GiB</c>, <c>TiB</c>.</summary>
internal static class SizeText
{
    private static readonly (string Unit, long Bytes)[] Units = [("B", 1), ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40)];

    /// <summary>Reads <c>500B</c>, <c>64KiB</c>, <c>256MiB</c>, <c>4GiB</c>, to 1,000 TiB.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 15 || !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        foreach (var (unit, size) in Units)
        {
            if (text.AsSpan(digits).SequenceEqual(unit) && count <= (1000L << 40) / size)
            {
                bytes = count * size;
                return true;
            }
        }

        return false;
    }

    /// <summary>The shortest text that reads back as the same size.</summary>
    public static string Format(long bytes)
    {
        var (unit, size) = bytes == 0 ? Units[0] : Units.Last(candidate => bytes % candidate.Bytes == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / size}{unit}");
    }
}
