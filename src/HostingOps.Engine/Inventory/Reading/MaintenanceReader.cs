using System.Globalization;
using HostingOps.Engine.Inventory.Yaml;
using HostingOps.Engine.Watch.Maintenance;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>maintenance</c>.</summary>
internal sealed class MaintenanceReader(
    IReadOnlyDictionary<string, SiteHost> hosts, IReadOnlyList<HostedSite> sites, DateTimeOffset now, FindingCollector findings)
{
    private const string Example = "{ reason: backups, weekly: [sun], at: \"02:30\", duration: 2h, timeZone: Europe/Berlin }";

    private static readonly string[] LocalFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
    private static readonly string[] OffsetFormats = [.. LocalFormats.SelectMany(static format => new[] { format + "zzz", format + " zzz", format + "'Z'" })];
    private static readonly string[] ClockFormats = ["HH:mm", "HH:mm:ss"];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public IReadOnlyList<MaintenanceWindow> Read(MapReader root) =>
        root.Mappings("maintenance", Example).Select(Window).OfType<MaintenanceWindow>().ToList();

    private MaintenanceWindow? Window(YamlMap source)
    {
        var map = new MapReader(source, InventoryKeys.MaintenanceWindow, "a maintenance window", findings);
        map.Require(source, "reason");
        var window = new MaintenanceWindow
        {
            Reason = map.Text("reason") ?? "",
            Sites = Patterns(map),
            Hosts = Names(map, "hosts", "host names", hosts.Keys),
            Providers = Names(map, "providers", "provider names", hosts.Values.Select(static host => host.Provider).Distinct(StringComparer.OrdinalIgnoreCase)),
        };
        var once = map.Has("from") || map.Has("to");
        var weekly = map.Has("weekly") || map.Has("at") || map.Has("duration");
        if (once == weekly)
        {
            findings.Add(
                InventoryRules.BadWindow,
                source,
                once ? "A maintenance window has 'from' or 'to' and 'weekly', 'at' or 'duration'; it is either once or weekly." : "A maintenance window has no time.",
                once ? "Make two windows of it." : null);
            return null;
        }

        var zone = Zone(map);
        return once ? Once(map, window, zone) : Weekly(map, window, zone);
    }

    private MaintenanceWindow? Weekly(MapReader map, MaintenanceWindow window, TimeZoneInfo? zone)
    {
        map.Require(map.Map, "weekly", "at", "duration");
        var days = (map.Scalars("weekly", "days") ?? []).Select(day => map.WordOf(day, "weekly", MaintenanceSchedule.Days)).OfType<string>().Distinct().ToArray();
        if (map.At("weekly") is YamlList { Items.Count: 0 } empty)
        {
            findings.Add(InventoryRules.BadWindow, empty, "'weekly' is an empty list; days such as [sat, sun] were expected.", "Name a day: sun, mon, tue, wed, thu, fri or sat.");
        }

        var at = Clock(map);
        var duration = map.Duration("duration", TimeSpan.FromMinutes(1), Longest);
        return days.Length == 0 || at is null || duration is null || (zone is null && map.Has("timeZone")) ? null : window with
        {
            Weekly = days,
            At = at.Value,
            Duration = duration.Value,
            TimeZone = map.Text("timeZone") ?? window.TimeZone,
        };
    }

    private MaintenanceWindow? Once(MapReader map, MaintenanceWindow window, TimeZoneInfo? zone)
    {
        map.Require(map.Map, "from", "to");
        if (zone is not null && HasOffset(map, "from") && HasOffset(map, "to"))
        {
            findings.Add(InventoryRules.WindowWithoutEffect, map.At("timeZone"), "'timeZone' has no effect beside times with an offset.", "Remove it, or write the times without offset.");
        }

        // A window whose ends come twice on the day that clocks go back is the longer one.
        var from = Moment(map, "from", zone)?.First;
        var to = Moment(map, "to", zone)?.Last;
        if (from is null || to is null)
        {
            return null;
        }

        if (to <= from)
        {
            findings.Add(InventoryRules.BadWindow, map.At("to"), FormattableString.Invariant($"The window ends at {to:u}, and begins at {from:u}."), "Write an end after the beginning.");
            return null;
        }

        if (to <= now)
        {
            findings.Add(InventoryRules.PastWindow, map.At("to"), FormattableString.Invariant($"The window '{window.Reason}' ended at {to:u}."));
        }

        return window with { From = from, To = to };
    }

    private TimeZoneInfo? Zone(MapReader map) => map.Text("timeZone") is { } id ? ZonedTime.Find(id) ?? Unknown(map, id) : null;

    private TimeZoneInfo? Unknown(MapReader map, string id)
    {
        var nearest = NameSuggestion.Nearest(id, TimeZoneInfo.GetSystemTimeZones().Select(static zone => zone.Id));
        findings.Add(
            InventoryRules.UnknownTimeZone,
            map.At("timeZone"),
            $"This machine knows no time zone {YamlScalar.Quote(id)}.",
            nearest is null ? null : $"Write {nearest}.");
        return null;
    }

    private static bool HasOffset(MapReader map, string key) =>
        map.At(key) is YamlScalar scalar && DateTimeOffset.TryParseExact(scalar.Text, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private (DateTimeOffset First, DateTimeOffset Last)? Moment(MapReader map, string key, TimeZoneInfo? zone)
    {
        if (map.Text(key) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && IsSensible(moment.Year))
        {
            return (moment.ToUniversalTime(), moment.ToUniversalTime());
        }

        if (DateTime.TryParseExact(text, LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && IsSensible(local.Year))
        {
            if (zone is not null)
            {
                return ZonedTime.MomentsOf(local, zone);
            }

            if (!map.Has("timeZone"))
            {
                findings.Add(InventoryRules.BadWindow, map.At(key), $"'{key}' is {YamlScalar.Quote(text)}, without an offset or a 'timeZone'.", "Add timeZone: Europe/Berlin, or an offset such as +01:00 or Z.");
            }

            return null;
        }

        findings.Add(InventoryRules.BadWindow, map.At(key), $"'{key}' is {YamlScalar.Quote(text)}; a date and a time of 2000 to 2199 were expected.", "Write \"2026-12-01 22:00\" with a timeZone, or \"2026-12-01T22:00:00+01:00\".");
        return null;
    }

    private TimeOnly? Clock(MapReader map)
    {
        if (map.Text("at") is not { } text)
        {
            return null;
        }

        if (TimeOnly.TryParseExact(text, ClockFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            return at;
        }

        findings.Add(InventoryRules.BadWindow, map.At("at"), $"'at' is {YamlScalar.Quote(text)}; a time from 00:00 to 23:59 was expected.", "Write \"02:30\".");
        return null;
    }

    private static bool IsSensible(int year) => year is >= 2000 and < 2200;

    private List<string> Patterns(MapReader map)
    {
        var patterns = new List<string>();
        foreach (var item in Items(map, "sites", "site names"))
        {
            if (!TryPattern(item.Text, out var pattern))
            {
                findings.Add(InventoryRules.BadText, item, $"{item.Description} in 'sites' has a '[' without its ']'.", "Close it, or write a backtick before it.");
                continue;
            }

            patterns.Add(item.Text);
            if (sites.Any(site => pattern.IsMatch(site.Name)))
            {
                continue;
            }

            if (pattern.HasWildcards)
            {
                findings.Add(InventoryRules.WindowWithoutEffect, item, $"No site's name is like {item.Description}.", "Correct it, or remove it.");
            }
            else
            {
                Missing(item, "sites", sites.Select(static site => site.Name));
            }
        }

        return patterns;
    }

    private List<string> Names(MapReader map, string key, string kind, IEnumerable<string> known)
    {
        var names = new List<string>();
        foreach (var item in Items(map, key, kind))
        {
            if (known.Contains(item.Text, StringComparer.OrdinalIgnoreCase))
            {
                names.Add(item.Text);
            }
            else
            {
                Missing(item, key, known);
            }
        }

        return names;
    }

    private IReadOnlyList<YamlScalar> Items(MapReader map, string key, string kind)
    {
        if (map.Has(key) && map.At(key) is YamlList { Items.Count: 0 } empty)
        {
            findings.Add(InventoryRules.BadWindow, empty, $"'{key}' is an empty list, which could mean all or none.", $"Remove '{key}': a window that names nothing is for everything.");
        }

        return map.Scalars(key, kind) ?? [];
    }

    private void Missing(YamlScalar item, string key, IEnumerable<string> known)
    {
        var nearest = NameSuggestion.Nearest(item.Text, known);
        findings.Add(
            InventoryRules.UnknownInWindow,
            item,
            $"A maintenance window names {item.Description} under '{key}', which is not in this inventory.",
            nearest is null ? null : $"Write '{nearest}'.");
    }

    private static bool TryPattern(string text, out NamePattern pattern)
    {
        try
        {
            pattern = NamePattern.Parse(text);
            return true;
        }
        catch (HostingException)
        {
            pattern = null!;
            return false;
        }
    }
}
