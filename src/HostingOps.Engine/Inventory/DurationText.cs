using System.Globalization;

namespace HostingOps.Engine.Inventory;

/// <summary>Durations as an inventory writes them: a whole number and one of <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c>, <c>d</c>.</summary>
internal static class DurationText
{
    private static readonly (string Unit, long Milliseconds)[] Units =
        [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Reads <c>500ms</c>, <c>5s</c>, <c>15m</c>, <c>1h</c> or <c>2d</c>, to 36,500 days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 15 || !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        foreach (var (unit, milliseconds) in Units)
        {
            if (text.AsSpan(digits).SequenceEqual(unit))
            {
                if (count > 36_500L * 86_400_000 / milliseconds)
                {
                    return false;
                }

                duration = TimeSpan.FromTicks(count * milliseconds * TimeSpan.TicksPerMillisecond);
                return true;
            }
        }

        return false;
    }

    /// <summary>The shortest text that reads back as the same duration, to whole milliseconds.</summary>
    public static string Format(TimeSpan duration)
    {
        var total = duration.Ticks / TimeSpan.TicksPerMillisecond;
        if (total == 0)
        {
            return "0s";
        }

        var (unit, milliseconds) = Units.Last(candidate => total % candidate.Milliseconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{total / milliseconds}{unit}");
    }

    /// <summary>A nearby text that can be read, for a duration that cannot: <c>5</c> gives <c>5s</c>, <c>1.5h</c> gives <c>90m</c>. Null when there is none.</summary>
    internal static string? Suggest(string text)
    {
        var trimmed = text.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        var digits = trimmed.AsSpan().IndexOfAnyExcept("0123456789.");
        var number = digits < 0 ? trimmed : trimmed[..digits];
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        long? milliseconds = (digits < 0 ? "s" : trimmed[digits..]) switch
        {
            "ms" or "msec" or "millisecond" or "milliseconds" => 1,
            "s" or "sec" or "second" or "seconds" => 1000,
            "m" or "min" or "mins" or "minute" or "minutes" => 60_000,
            "h" or "hr" or "hour" or "hours" => 3_600_000,
            "d" or "day" or "days" => 86_400_000,
            _ => null,
        };
        return milliseconds is null || count > 36_500 ? null : Format(TimeSpan.FromMilliseconds((double)decimal.Round(count * milliseconds.Value)));
    }
}
