using System.Globalization;
using System.Text;
using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>The maintenance windows as YAML.</summary>
internal static class MaintenanceText
{
    public static void Append(StringBuilder yaml, IReadOnlyList<MaintenanceWindow> windows)
    {
        if (windows.Count == 0)
        {
            return;
        }

        yaml.Append("maintenance:\n");
        foreach (var window in windows)
        {
            yaml.Append("  - ").Append(YamlText.Map(Of(window))).Append('\n');
        }
    }

    private static IEnumerable<(string Key, string Value)> Of(MaintenanceWindow window)
    {
        yield return ("reason", YamlText.Scalar(window.Reason));
        foreach (var (key, names) in new[] { ("sites", window.Sites), ("hosts", window.Hosts), ("providers", window.Providers) })
        {
            if (names.Count > 0)
            {
                yield return (key, YamlText.List(names));
            }
        }

        if (window.Weekly.Count == 0)
        {
            yield return ("from", Moment(window.From));
            yield return ("to", Moment(window.To));
            yield break;
        }

        yield return ("weekly", YamlText.List(window.Weekly));
        yield return ("at", YamlText.Quoted(window.At.ToString(window.At.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture)));
        yield return ("duration", DurationText.Format(window.Duration));
        yield return ("timeZone", YamlText.Scalar(window.TimeZone));
    }

    private static string Moment(DateTimeOffset? moment) =>
        YamlText.Quoted(moment.GetValueOrDefault().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
