using System.Buffers;
using System.Globalization;
using HostingOps.Engine.Health;
using HostingOps.Engine.WebServers;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>mirror</c>: true, false, or settings laid over the values that they inherit.</summary>
internal sealed class MirrorReader(CommandReader commands, SecretSyntax secrets, FindingCollector findings)
{
    private const int MostConnections = 32;

    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly SearchValues<char> FolderCharacters = SearchValues.Create("/._-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // What the crawl itself says, or HTTP does.
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Accept-Encoding", "Range", "User-Agent",
        "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range", "Expect",
    };

    /// <summary>The settings, or null when there is no mirror.</summary>
    /// <param name="map">The site's mapping, or that of the defaults.</param>
    /// <param name="inherited">What holds without the key.</param>
    public MirrorSettings? Read(MapReader map, MirrorSettings? inherited)
    {
        if (!map.Has("mirror"))
        {
            return inherited;
        }

        return map.At("mirror") switch
        {
            YamlMap source => Settings(source, map.Owner, inherited ?? MirrorSettings.Default),
            _ when map.Flag("mirror") is { } flag => flag ? inherited ?? MirrorSettings.Default : null,
            _ => inherited,
        };
    }

    /// <summary>Judges a site's mirror against the site: its own names, and the host that is to have it.</summary>
    public void Judge(MapReader map, HostedSite site)
    {
        if (site.Mirror is not { } mirror)
        {
            return;
        }

        var names = new SiteNames(site);
        if (mirror.AssetHosts.FirstOrDefault(host => names.Contains(host.Split(':')[0])) is { } own)
        {
            findings.Add(InventoryRules.MirrorWithoutEffect, map.At("mirror"), $"The asset host '{own}' of {map.Owner} is the site's own name, which is saved anyway, from the port where the site is.", "Remove it from 'assetHosts'.");
        }

        if (site.Secondary.Ssh is null && map.Has("mirror"))
        {
            findings.Add(InventoryRules.MirrorNotCarried, map.At("mirror"), $"The secondary of {map.Owner}, '{site.Secondary.Name}', has no 'ssh': Save-SiteMirror can't carry the mirror there.");
        }
    }

    private MirrorSettings Settings(YamlMap source, string owner, MirrorSettings inherited)
    {
        var map = new MapReader(source, InventoryKeys.Mirror, $"the mirror of {owner}", findings);
        var settings = inherited with
        {
            Connections = map.Number("connections", 1, MostConnections) ?? inherited.Connections,
            RequestsPerSecond = Rate(map, inherited.RequestsPerSecond),
            MaxPages = map.Number("maxPages", 1, 10_000_000) ?? inherited.MaxPages,
            MaxDepth = map.Number("maxDepth", 0, 10_000) ?? inherited.MaxDepth,
            MaxBytes = Size(map, "maxBytes") ?? inherited.MaxBytes,
            MaxFileBytes = Size(map, "maxFileBytes") ?? inherited.MaxFileBytes,
            MaxTime = map.Duration("maxTime", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)) ?? inherited.MaxTime,
            Timeout = map.Duration("timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)) ?? inherited.Timeout,
            Robots = map.Flag("robots") ?? inherited.Robots,
            AssetHosts = Hosts(map) ?? inherited.AssetHosts,
            Exclude = Paths(map, "exclude", mayHaveStar: true) ?? inherited.Exclude,
            Start = Paths(map, "start", mayHaveStar: false) ?? inherited.Start,
            Headers = Headers(map) ?? inherited.Headers,
            UserAgent = UserAgent(map) ?? inherited.UserAgent,
            MaxAge = map.Duration("maxAge", TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)) ?? inherited.MaxAge,
            Keep = map.Number("keep", 0, 1000) ?? inherited.Keep,
            MinPercent = Percent(map, "minPercent") ?? inherited.MinPercent,
            MaxMissingPercent = Percent(map, "maxMissingPercent") ?? inherited.MaxMissingPercent,
            Banner = map.Flag("banner") ?? inherited.Banner,
            Folder = Folder(map) ?? inherited.Folder,
            Reload = Reload(map) ?? inherited.Reload,
            Certificates = Certificates(map) ?? inherited.Certificates,
        };
        Compare(map, settings);
        return settings;
    }

    private double? Rate(MapReader map, double? inherited)
    {
        const string Expected = "a number from 0.01 to 10000, or unlimited";
        if (map.Scalar("requestsPerSecond", Expected) is not { } scalar)
        {
            return inherited;
        }

        if (scalar is { IsPlain: true, Text: "unlimited" })
        {
            return null;
        }

        return Decimal(scalar, 0.01, 10_000) ?? Refused(InventoryRules.OutOfRange, scalar, $"'requestsPerSecond' is {scalar.Description}; {Expected} was expected.", inherited);
    }

    private double? Percent(MapReader map, string key)
    {
        const string Expected = "a number from 0 to 100";
        return map.Scalar(key, Expected) is not { } scalar ? null
            : Decimal(scalar, 0, 100) ?? Refused<double?>(InventoryRules.OutOfRange, scalar, $"'{key}' is {scalar.Description}; {Expected} was expected.", null);
    }

    private long? Size(MapReader map, string key)
    {
        if (map.Scalar(key, "a size such as 256MiB") is not { } scalar)
        {
            return null;
        }

        return SizeText.TryParse(scalar.Text, out var bytes) && bytes > 0
            ? bytes
            : Refused<long?>(InventoryRules.BadSize, scalar, $"'{key}' is {scalar.Description}; a size such as 512KiB, 256MiB or 4GiB was expected.", null);
    }

    private List<string>? Hosts(MapReader map)
    {
        if (map.Scalars("assetHosts", "host names") is not { } items)
        {
            return null;
        }

        var hosts = new List<string>(items.Count);
        foreach (var item in items)
        {
            if (AssetHostSyntax.Read(item.Text, out var problem, out var fix) is not { } host)
            {
                findings.Add(InventoryRules.BadAssetHost, item, $"The asset host {item.Description} of {map.Owner} {problem}; a full host name such as cdn.example.net, or cdn.example.net:8443, was expected.", fix);
            }
            else if (hosts.Contains(host))
            {
                Twice(item, "assetHosts");
            }
            else
            {
                hosts.Add(host);
            }
        }

        return hosts;
    }

    private List<string>? Paths(MapReader map, string key, bool mayHaveStar)
    {
        if (map.Scalars(key, "paths") is not { } items)
        {
            return null;
        }

        var paths = new List<string>(items.Count);
        foreach (var item in items)
        {
            var text = item.Text;
            if (!text.StartsWith('/') || text.Contains('#', StringComparison.Ordinal) || text.Any(static character => char.IsWhiteSpace(character) || char.IsControl(character)))
            {
                findings.Add(
                    InventoryRules.BadMirrorPath,
                    item,
                    $"An item of '{key}' of {map.Owner} is {item.Description}; a path that begins with '/' and has no space or '#' was expected.",
                    text.StartsWith('/') || text.Contains("://", StringComparison.Ordinal) || text.Length == 0 ? null : $"Write {YamlScalar.Quote("/" + text)}.");
            }
            else if (!mayHaveStar && text.Contains('*', StringComparison.Ordinal))
            {
                findings.Add(InventoryRules.BadMirrorPath, item, $"An item of '{key}' of {map.Owner} is {item.Description}; a path that can be asked for, without '*', was expected.");
            }
            else if (paths.Contains(text))
            {
                Twice(item, key);
            }
            else
            {
                paths.Add(text);
            }
        }

        return paths;
    }

    // Never a header's value in a message: it is a secret.
    private Dictionary<string, string>? Headers(MapReader map)
    {
        if (map.Mapping("headers") is not { } source)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in source.Entries)
        {
            if (key.Text.Length == 0 || key.Text.AsSpan().ContainsAnyExcept(Token) || OwnHeaders.Contains(key.Text))
            {
                findings.Add(
                    InventoryRules.BadMirrorHeader,
                    key,
                    OwnHeaders.Contains(key.Text) ? $"The header {key.Description} of {map.Owner} is the crawl's own to send." : $"The header {key.Description} of {map.Owner} is no header's name.",
                    key.Text.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) ? "Write it as 'userAgent'." : null);
            }
            else if (value is not YamlScalar { IsNull: false } scalar || scalar.Text.Length == 0 || scalar.Text.Any(char.IsControl))
            {
                findings.Add(InventoryRules.BadMirrorHeader, value, $"The header '{key.Text}' of {map.Owner} has no value that could be sent; one line of text was expected.");
            }
            else if (!headers.TryAdd(key.Text, scalar.Text))
            {
                findings.Add(InventoryRules.BadMirrorHeader, key, $"The header '{key.Text}' of {map.Owner} is there twice.");
            }
            else
            {
                secrets.JudgeHeader(key.Text, scalar.Text, scalar);
            }
        }

        return headers;
    }

    private string? UserAgent(MapReader map) => map.Text("userAgent") is not { } text ? null
        : text.All(static character => character is >= ' ' and <= '~') ? text
        : Refused<string?>(InventoryRules.BadText, map.At("userAgent"), $"'userAgent' of {map.Owner} is {YamlScalar.Quote(text)}; one line of ASCII was expected.", null);

    // It stands in commands on the other host and in a web server's configuration.
    private string? Folder(MapReader map)
    {
        if (map.Text("folder") is not { } text)
        {
            return null;
        }

        var folder = text.Length > 1 ? text.TrimEnd('/') : text;
        var parts = folder.Split('/');
        return folder.Length > 1 && folder[0] == '/' && !folder.AsSpan().ContainsAnyExcept(FolderCharacters) && !parts.Skip(1).Any(static part => part is "" or "." or ".." || part[0] == '-')
            ? folder
            : Refused<string?>(
                InventoryRules.BadMirrorPath,
                map.At("folder"),
                $"'folder' of {map.Owner} is {YamlScalar.Quote(text)}; an absolute path of letters, digits, '.', '_' and '-' on the secondary host was expected.",
                null);
    }

    private string? Certificates(MapReader map) => map.Text("certificates") is not { } text ? null
        : ServerPath.ProblemOfPattern(text) is not { } problem ? text
        : Refused<string?>(
            InventoryRules.BadMirrorPath, map.At("certificates"), $"'certificates' of {map.Owner} is {YamlScalar.Quote(text)}, which {problem}; the full path of a folder was expected.", null);

    private IReadOnlyList<string>? Reload(MapReader map) =>
        map.Has("reload") && map.At("reload") is YamlList { Items.Count: 0 } ? [] : commands.Read(map, "reload");

    private void Compare(MapReader map, MirrorSettings settings)
    {
        if (settings.MaxFileBytes > settings.MaxBytes && (map.Has("maxFileBytes") || map.Has("maxBytes")))
        {
            findings.Add(
                InventoryRules.MirrorWithoutEffect,
                map.At(map.Has("maxFileBytes") ? "maxFileBytes" : "maxBytes"),
                $"In {map.Owner} the maxFileBytes of {SizeText.Format(settings.MaxFileBytes)} are more than the maxBytes of {SizeText.Format(settings.MaxBytes)}.",
                "Lower maxFileBytes below maxBytes.");
        }

        if (map.Has("exclude") && settings.Exclude.FirstOrDefault(static pattern => pattern.Trim('*') is "/" or "" && pattern.Contains('*', StringComparison.Ordinal)) is { } all)
        {
            findings.Add(InventoryRules.BadMirrorPath, map.At("exclude"), $"'exclude' of {map.Owner} has {YamlScalar.Quote(all)}, which leaves nothing to be saved.");
        }
    }

    private void Twice(YamlScalar item, string key) =>
        findings.Add(InventoryRules.MirrorWithoutEffect, item, $"{item.Description} stands twice in '{key}'.", "Keep one of the two.");

    private T Refused<T>(InventoryRule rule, YamlValue at, string message, T instead)
    {
        findings.Add(rule, at, message);
        return instead;
    }

    private static double? Decimal(YamlScalar scalar, double least, double most) =>
        scalar.IsPlain
        && double.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : null;
}
