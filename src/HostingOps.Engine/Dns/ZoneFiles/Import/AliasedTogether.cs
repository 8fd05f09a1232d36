using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.ZoneFiles.Import;

/// <summary>
/// Joins the change that makes an alias with the one that makes its target in the same zone: Route 53 refuses an alias whose target
/// is not there, and the two could otherwise go in different requests.
/// </summary>
internal static class AliasedTogether
{
    // What is joined can't be parted over several requests. Beyond this a second import makes the rest.
    private const int MostSets = 200;

    public static IReadOnlyList<DnsRecordChange> Join(IReadOnlyList<DnsRecordChange> changes, ZoneImportFacts facts)
    {
        var byName = changes.ToDictionary(static change => change.Record, StringComparer.Ordinal);
        var group = byName.Keys.ToDictionary(static name => name, static name => name, StringComparer.Ordinal);
        var joined = false;
        foreach (var change in changes)
        {
            foreach (var target in change.After.Where(set => set.AliasZoneId == facts.Zone.Id).Select(static set => Name(set.AliasTarget!)).OfType<string>())
            {
                if (target != change.Record && byName.TryGetValue(target, out var made) && made.After.Count > 0)
                {
                    group[Root(group, change.Record)] = Root(group, target);
                    joined = true;
                }
            }
        }

        return !joined
            ? changes
            : [.. changes.GroupBy(change => Root(group, change.Record), StringComparer.Ordinal).SelectMany(Joined)];
    }

    private static IEnumerable<DnsRecordChange> Joined(IEnumerable<DnsRecordChange> group)
    {
        var parts = group.ToArray();
        return parts.Length == 1 || parts.Sum(static part => part.Before.Count + part.After.Count) > MostSets
            ? parts
            :
            [
                parts[0] with
                {
                    SiteName = parts.Select(static part => part.SiteName).FirstOrDefault(static site => site is not null),
                    Before = [.. parts.SelectMany(static part => part.Before)],
                    After = [.. parts.SelectMany(static part => part.After)],
                    Reason = FormattableString.Invariant($"Aliases and what they lead to, {parts.Length} names in one: ") + string.Join(", ", parts.Select(static part => part.Record)) + ".",
                },
            ];
    }

    private static string Root(Dictionary<string, string> group, string name)
    {
        while (group[name] != name)
        {
            name = group[name] = group[group[name]];
        }

        return name;
    }

    private static string? Name(string target)
    {
        try
        {
            return Route53Name.Decode(target);
        }
        catch (DnsFormatException)
        {
            return null;
        }
    }
}
