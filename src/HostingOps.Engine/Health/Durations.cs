using System.Globalization;

namespace HostingOps.Engine.Health;

/// <summary>Durations as read in a reason.</summary>
internal static class Durations
{
    /// <summary><c>750 ms</c> below a second, else <c>2.5 s</c>.</summary>
    public static string Text(TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
