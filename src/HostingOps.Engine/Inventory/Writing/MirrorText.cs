using System.Globalization;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>A site's mirror as YAML.</summary>
internal static class MirrorText
{
    private static readonly (string Key, string? Value)[] BuiltIn = Values(MirrorSettings.Default);

    /// <summary>The value of <c>mirror</c>: <c>true</c>, or what differs from the built-in settings; null without a mirror.</summary>
    public static string? Of(MirrorSettings? settings)
    {
        if (settings is null)
        {
            return null;
        }

        var own = Values(settings).Zip(BuiltIn)
            .Where(static pair => pair.First.Value is not null && pair.First.Value != pair.Second.Value)
            .Select(static pair => (pair.First.Key, pair.First.Value!))
            .ToList();
        return own.Count == 0 ? "true" : YamlText.Map(own);
    }

    /// <summary>Each setting with its value, in the documented order; null for one that is not there.</summary>
    public static (string Key, string? Value)[] Values(MirrorSettings settings) =>
    [
        ("connections", Number(settings.Connections)),
        ("requestsPerSecond", settings.RequestsPerSecond is { } rate ? Number(rate) : "unlimited"),
        ("maxPages", Number(settings.MaxPages)),
        ("maxDepth", Number(settings.MaxDepth)),
        ("maxBytes", SizeText.Format(settings.MaxBytes)),
        ("maxFileBytes", SizeText.Format(settings.MaxFileBytes)),
        ("maxTime", DurationText.Format(settings.MaxTime)),
        ("timeout", DurationText.Format(settings.Timeout)),
        ("robots", Flag(settings.Robots)),
        ("assetHosts", YamlText.List(settings.AssetHosts)),
        ("exclude", YamlText.List(settings.Exclude)),
        ("start", YamlText.List(settings.Start)),
        ("headers", settings.Headers.Count == 0 ? "{}" : YamlText.Map(settings.Headers.OrderBy(static header => header.Key, StringComparer.Ordinal)
            .Select(static header => (YamlText.Scalar(header.Key), YamlText.Scalar(header.Value))))),
        ("userAgent", settings.UserAgent is { } agent ? YamlText.Scalar(agent) : null),
        ("maxAge", DurationText.Format(settings.MaxAge)),
        ("keep", Number(settings.Keep)),
        ("minPercent", Number(settings.MinPercent)),
        ("maxMissingPercent", Number(settings.MaxMissingPercent)),
        ("banner", Flag(settings.Banner)),
        ("folder", YamlText.Scalar(settings.Folder)),
        ("reload", YamlText.List(settings.Reload)),
        ("certificates", settings.Certificates is { } certificates ? YamlText.Scalar(certificates) : null),
    ];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(double number) => ((decimal)number).ToString(CultureInfo.InvariantCulture);

    private static string Flag(bool flag) => flag ? "true" : "false";
}
