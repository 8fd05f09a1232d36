namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>Seconds as zone files have them: <c>3600</c>, or BIND's <c>1h30m</c>.</summary>
internal static class BindTtl
{
    public static bool TryParse(string text, long most, out long seconds)
    {
        seconds = 0;
        var (number, digits) = (0L, 0);
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character))
            {
                number = (number * 10) + character - '0';
                digits++;
                if (digits > 10)
                {
                    return false;
                }

                continue;
            }

            var unit = char.ToLowerInvariant(character) switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 604800, _ => 0 };
            if (digits == 0 || unit == 0)
            {
                return false;
            }

            seconds += number * unit;
            (number, digits) = (0, 0);
        }

        // "1h30" is a mistake; "30" is not.
        var mixed = seconds > 0 && digits > 0;
        seconds += number;
        return text.Length > 0 && char.IsAsciiDigit(text[0]) && !mixed && seconds <= most;
    }
}
