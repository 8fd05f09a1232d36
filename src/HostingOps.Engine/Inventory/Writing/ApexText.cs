using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>The apex section as YAML: what differs from the built-in values.</summary>
internal static class ApexText
{
    public static void Append(StringBuilder yaml, ApexSettings apex)
    {
        var builtIn = new ApexSettings { ElasticIp = apex.ElasticIp };
        yaml.Append("apex:\n");
        Line(yaml, "elasticIp", YamlText.Scalar(apex.ElasticIp));
        Text(yaml, "elasticIpV6", apex.ElasticIpV6);
        Text(yaml, "ssh", apex.Ssh?.ToString());
        Text(yaml, "configPath", apex.ConfigPath == builtIn.ConfigPath ? null : apex.ConfigPath);
        Command(yaml, "reload", apex.Reload, builtIn.Reload);
        Command(yaml, "test", apex.Test, builtIn.Test);
        Section(yaml, "instance", Instance(apex.Instance));
        Section(yaml, "redirect", RedirectOf(apex.Redirect).Where(static entry => entry.Value != entry.BuiltIn).Select(static entry => (entry.Key, entry.Value)));
        Section(yaml, "connectTo", apex.ConnectTo
            .OrderBy(static way => way.Key, StringComparer.Ordinal)
            .Select(static way => (YamlText.Scalar(way.Key), YamlText.Scalar(way.Value))));
    }

    /// <summary>Each redirect setting with its value and the built-in one, in the documented order.</summary>
    public static IEnumerable<(string Key, string Value, string BuiltIn)> RedirectOf(ApexRedirectSettings redirect) =>
        Values(redirect).Zip(Values(ApexRedirectSettings.Default), static (own, builtIn) => (own.Key, own.Value, builtIn.Value));

    private static (string Key, string Value)[] Values(ApexRedirectSettings redirect) =>
    [
        ("certificates", YamlText.Scalar(redirect.Certificates)),
        ("acmeRoot", YamlText.Scalar(redirect.AcmeRoot)),
        ("hsts", DurationText.Format(redirect.Hsts)),
        ("hstsIncludeSubDomains", Flag(redirect.HstsIncludeSubDomains)),
        ("accessLog", Flag(redirect.AccessLog)),
        ("ipv6", Flag(redirect.Ipv6)),
        ("status", redirect.Status.ToString(CultureInfo.InvariantCulture)),
        ("wwwAliases", Flag(redirect.WwwAliases)),
    ];

    private static IEnumerable<(string Key, string Value)> Instance(ApexInstanceSettings instance)
    {
        foreach (var entry in InventoryWriter.Present(("type", instance.Type), ("keyName", instance.KeyName), ("securityGroup", instance.SecurityGroup)))
        {
            yield return entry;
        }

        if (instance.Subnets.Count > 0)
        {
            yield return ("subnets", YamlText.List(instance.Subnets));
        }

        var image = instance.Image == ApexInstanceSettings.Default.Image ? null : instance.Image;
        foreach (var entry in InventoryWriter.Present(("image", image), ("profile", instance.Profile), ("user", instance.User)))
        {
            yield return entry;
        }

        if (instance.Setup.Count > 0)
        {
            yield return ("setup", "[" + string.Join(", ", instance.Setup.Select(YamlText.List)) + "]");
        }

        if (instance.Tags.Count > 0)
        {
            yield return ("tags", YamlText.Map(instance.Tags
                .OrderBy(static tag => tag.Key, StringComparer.Ordinal)
                .Select(static tag => (YamlText.Scalar(tag.Key), YamlText.Scalar(tag.Value)))));
        }
    }

    private static string Flag(bool value) => value ? "true" : "false";

    private static void Command(StringBuilder yaml, string key, IReadOnlyList<string> argv, IReadOnlyList<string> builtIn)
    {
        if (!argv.SequenceEqual(builtIn, StringComparer.Ordinal))
        {
            Line(yaml, key, YamlText.List(argv));
        }
    }

    private static void Section(StringBuilder yaml, string key, IEnumerable<(string Key, string Value)> entries)
    {
        var list = entries.ToList();
        if (list.Count > 0)
        {
            Line(yaml, key, YamlText.Map(list));
        }
    }

    private static void Text(StringBuilder yaml, string key, string? text)
    {
        if (text is not null)
        {
            Line(yaml, key, YamlText.Scalar(text));
        }
    }

    private static void Line(StringBuilder yaml, string key, string value) =>
        yaml.Append("  ").Append(key).Append(": ").Append(value).Append('\n');
}
