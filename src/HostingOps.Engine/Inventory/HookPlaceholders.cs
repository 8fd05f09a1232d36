using System.Text.RegularExpressions;

namespace HostingOps.Engine.Inventory;

/// <summary>The placeholders of hooks: <c>{{standby.address}}</c> and the like, filled in per argument when a hook runs.</summary>
internal static partial class HookPlaceholders
{
    private static readonly string[] HostParts = ["name", "provider", "address", "addressV6", "cname", "ssh"];

    private static readonly string[] SiteParts = ["name", "domain", "record", "repository"];

    /// <summary>Every name that may stand between the braces.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. HostParts.Select(static part => "standby." + part),
        .. HostParts.Select(static part => "active." + part),
        .. SiteParts.Select(static part => "site." + part),
        "operation.id",
    ];

    /// <summary>What stands between the braces of each <c>{{…}}</c> of an argument, exactly as written.</summary>
    public static IEnumerable<string> Find(string argument) =>
        !argument.Contains("{{", StringComparison.Ordinal) ? [] : Pattern().Matches(argument).Select(static match => match.Groups[1].Value);

    /// <summary>A host's value for the part after <c>standby.</c> or <c>active.</c>, or null when it has none.</summary>
    public static string? ValueOf(SiteHost host, string part)
    {
        ArgumentNullException.ThrowIfNull(host);
        return part switch
        {
            "name" => host.Name,
            "provider" => host.Provider,
            "address" => host.Address,
            "addressV6" => host.AddressV6,
            "cname" => host.Cname,
            "ssh" => host.Ssh,
            _ => null,
        };
    }

    /// <summary>A site's value for the part after <c>site.</c>, or null when it has none.</summary>
    public static string? ValueOf(HostedSite site, string part)
    {
        ArgumentNullException.ThrowIfNull(site);
        return part switch
        {
            "name" => site.Name,
            "domain" => site.Domain,
            "record" => site.Record,
            "repository" => site.Repository,
            _ => null,
        };
    }

    /// <summary>Whether the placeholder has a value whichever of the site's hosts is active.</summary>
    internal static bool HasValue(HostedSite site, string name)
    {
        var part = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return name == "operation.id"
            || (name.StartsWith("site.", StringComparison.Ordinal)
                ? ValueOf(site, part) is not null
                : ValueOf(site.Primary, part) is not null && ValueOf(site.Secondary, part) is not null);
    }

    [GeneratedRegex(@"\{\{(.*?)\}\}", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
