using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>The witnesses section as YAML: what differs from the built-in values.</summary>
internal static class WitnessText
{
    public static void Append(StringBuilder yaml, WitnessSettings? settings)
    {
        if (settings is null)
        {
            return;
        }

        var builtIn = new WitnessSettings();
        var entries = new List<(string Key, string Value)>();
        if (settings.Quorum is { } quorum)
        {
            entries.Add(("quorum", string.Create(CultureInfo.InvariantCulture, $"{quorum} of {settings.Voices}")));
        }

        entries.AddRange(InventoryWriter.Present(("key", settings.Key)));
        if (settings.Timeout != builtIn.Timeout)
        {
            entries.Add(("timeout", DurationText.Format(settings.Timeout)));
        }

        if (settings.Agents.Count > 0)
        {
            entries.Add(("agents", "[" + string.Join(", ", settings.Agents.Select(agent => Of(agent, settings.Key))) + "]"));
        }

        if (settings.Route53 is { } route53)
        {
            var own = Of(route53).ToList();
            entries.Add(("route53", own.Count == 0 ? "{}" : YamlText.Map(own)));
        }

        yaml.Append("witnesses: ").Append(entries.Count == 0 ? "{}" : YamlText.Map(entries)).Append('\n');
    }

    private static string Of(WitnessAgent agent, string? sharedKey) => YamlText.Map(InventoryWriter.Present(
        ("name", agent.Name), ("url", agent.Url), ("key", agent.Key == sharedKey ? null : agent.Key), ("caFile", agent.CaFile)));

    private static IEnumerable<(string Key, string Value)> Of(Route53WitnessSettings settings)
    {
        var builtIn = new Route53WitnessSettings();
        if (settings.Failing != builtIn.Failing)
        {
            yield return ("failing", settings.Failing.ToString(CultureInfo.InvariantCulture));
        }

        if (settings.MaxAge is { } maxAge)
        {
            yield return ("maxAge", DurationText.Format(maxAge));
        }

        if (settings.Regions != builtIn.Regions)
        {
            yield return ("regions", settings.Regions.ToString(CultureInfo.InvariantCulture));
        }
    }
}
