using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>One site as YAML.</summary>
internal static class SiteText
{
    public static void Append(StringBuilder yaml, HostedSite site, WrittenDefaults defaults)
    {
        yaml.Append("  ").Append(YamlText.Scalar(site.Name)).Append(":\n");
        Line(yaml, "domain", YamlText.Scalar(site.Domain));
        if (site.Aliases.Count > 0)
        {
            Line(yaml, "aliases", YamlText.List(site.Aliases));
        }

        Line(yaml, "record", RecordOf(site.Record, site.Zone));
        Line(yaml, "primary", YamlText.Scalar(site.Primary.Name));
        Line(yaml, "secondary", YamlText.Scalar(site.Secondary.Name));
        if (site.Ttl != defaults.Ttl)
        {
            Line(yaml, "ttl", site.Ttl.ToString(CultureInfo.InvariantCulture));
        }

        Map(yaml, "check", WrittenDefaults.Difference(CheckText.Of(site.Check), defaults.Check));
        Map(yaml, "policy", WrittenDefaults.Difference(WrittenDefaults.PolicyOf(site.Policy), defaults.Policy));
        if (site.Repository is not null)
        {
            Line(yaml, "repository", YamlText.Scalar(site.Repository));
        }

        if (!site.ApexRedirect)
        {
            Line(yaml, "apexRedirect", "false");
        }

        if (MirrorText.Of(site.Mirror) is { } mirror && mirror != defaults.Mirror)
        {
            Line(yaml, "mirror", mirror);
        }

        Map(yaml, "healthChecks", site.HealthChecks.OrderBy(static check => check.Key, StringComparer.Ordinal)
            .Select(static check => (YamlText.Scalar(check.Key), YamlText.Scalar(check.Value))));
        AppendHooks(yaml, site.Hooks);
    }

    /// <summary>The record relative to the zone when it is one label, else in full with a final dot.</summary>
    public static string RecordOf(string record, string zone)
    {
        var suffix = "." + zone;
        var relative = record.EndsWith(suffix, StringComparison.Ordinal) ? record[..^suffix.Length] : null;
        return YamlText.Scalar(relative is { Length: > 0 } && !relative.Contains('.', StringComparison.Ordinal) ? relative : record + ".");
    }

    private static void AppendHooks(StringBuilder yaml, SiteHooks hooks)
    {
        var stages = new[] { ("fence", hooks.Fence), ("promote", hooks.Promote), ("after", hooks.After) };
        if (stages.All(static stage => stage.Item2.Count == 0))
        {
            return;
        }

        yaml.Append("    hooks:\n");
        foreach (var (stage, list) in stages.Where(static stage => stage.Item2.Count > 0))
        {
            yaml.Append("      ").Append(stage).Append(":\n");
            foreach (var hook in list)
            {
                yaml.Append("        - ").Append(Of(hook)).Append('\n');
            }
        }
    }

    private static string Of(Hook hook)
    {
        var argv = YamlText.List(hook.Argv);
        return hook.Timeout == new Hook { Argv = [] }.Timeout ? argv : YamlText.Map([("run", argv), ("timeout", DurationText.Format(hook.Timeout))]);
    }

    private static void Line(StringBuilder yaml, string key, string value) =>
        yaml.Append("    ").Append(key).Append(": ").Append(value).Append('\n');

    private static void Map(StringBuilder yaml, string key, IEnumerable<(string Key, string Value)> entries)
    {
        var list = entries.ToList();
        if (list.Count > 0)
        {
            Line(yaml, key, YamlText.Map(list));
        }
    }
}
