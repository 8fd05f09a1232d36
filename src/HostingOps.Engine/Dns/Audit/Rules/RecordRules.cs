using HostingOps.Engine.Dns.Audit.Views;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Dns.Audit.Rules;

/// <summary>Whether our own record is as the inventory has it, and how long a switch of it takes. Pure.</summary>
internal static class RecordRules
{
    /// <summary>The highest TTL of our record, in seconds.</summary>
    public static long? RecordTtl(SiteDnsFacts facts) =>
        facts.Record.Heard.Where(static answer => answer.Cname is not null || answer.Addresses.Any()).Max(static answer => (long?)answer.Ttl);

    /// <summary>The highest TTL from www to the end, in seconds; null when www does not lead over our record.</summary>
    public static long? LongestTtl(SiteDnsFacts facts) => Slowest(facts) is { } slowest ? Math.Max(slowest.Ttl, RecordTtl(facts) ?? 0) : null;

    /// <summary>Judges our record and the TTLs.</summary>
    public static IEnumerable<SiteDnsFinding> Judge(AuditContext context)
    {
        var (site, view) = (context.Facts.Site, context.Facts.Record);
        if (NameRules.Unheard(view) is { } unheard)
        {
            yield return unheard;
        }

        var finding = new SiteDnsFinding
        {
            Code = RecordMissing,
            Severity = SiteDnsSeverity.Error,
            Name = site.Record,
            Seen = "",
            Expected = $"{site.Record} leads to {site.Primary.Name} or {site.Secondary.Name}, with a TTL of {Seconds(site.Ttl)}.",
        };
        foreach (var (answer, from) in view.Distinct())
        {
            if (answer.Cname is null && !answer.Addresses.Any())
            {
                yield return finding with
                {
                    Seen = answer.Exists ? $"Our record {site.Record} has no address." : $"Our record {site.Record} does not exist.",
                    SeenFrom = from,
                };
            }
            else if (!new[] { site.Primary, site.Secondary }.Any(host => LeadsTo(answer, host)))
            {
                yield return finding with { Code = RecordElsewhere, Seen = $"Our record {site.Record} is {answer}, which is neither of the site's hosts.", SeenFrom = from };
            }
        }

        if (view.Heard.Where(answer => answer.Ttl > site.Ttl).ToList() is { Count: > 0 } slow)
        {
            yield return finding with
            {
                Code = SiteDnsFindingCode.RecordTtl,
                Severity = SiteDnsSeverity.Warning,
                Seen = $"Our record {site.Record} is served with a TTL of {Seconds(slow.Max(static answer => answer.Ttl))}, and the inventory has {Seconds(site.Ttl)}: resolvers keep a dead host for so long.",
                SeenFrom = slow.Select(static answer => answer.From).ToList(),
            };
        }

        if (JudgeSwitch(context) is { } slowSwitch)
        {
            yield return slowSwitch;
        }
    }

    private static SiteDnsFinding? JudgeSwitch(AuditContext context)
    {
        var most = context.Settings.MaxSwitchTime;
        if (LongestTtl(context.Facts) is not { } longest || longest <= most.TotalSeconds)
        {
            return null;
        }

        var slowest = Slowest(context.Facts)!;
        var next = context.Facts.Www.Chain.Hops.SkipWhile(hop => !hop.Name.Equals(slowest.Name)).Skip(1).FirstOrDefault();
        return new SiteDnsFinding
        {
            Code = SwitchTooSlow,
            Severity = SiteDnsSeverity.Warning,
            Name = slowest.Name.ToString(),
            Seen = $"The longest TTL on the way from {context.Facts.Site.HostName} is that of {slowest.Name}, {Seconds(longest)}: a change takes as long to reach everyone.",
            SeenFrom = slowest.From.Length > 0 ? [slowest.From] : [],
            Expected = $"No TTL on the way is longer than {Seconds((long)most.TotalSeconds)}.",
            Request = next is not null && context.IsClients(slowest.Zone)
                ? RequestText.With(
                    $"Please lower the TTL of this record to {Seconds(context.WantedTtl)}, so that a change reaches all visitors in time:",
                    RequestText.Record(slowest.Name, context.WantedTtl, "CNAME", next.Name.ToLower() + "."))
                : null,
        };
    }

    private static ChainHop? Slowest(SiteDnsFacts facts)
    {
        var chain = facts.Www.Chain;
        if (!chain.LeadsOver(facts.Record.Name))
        {
            return null;
        }

        // Servers may differ: each name counts with the longest that any of its servers gives it.
        return chain.Hops
            .Select(hop => hop with { Ttl = facts.Redirected.Append(facts.Www).Append(facts.Record).Where(view => view.Name.Equals(hop.Name)).SelectMany(static view => view.Heard).Select(static answer => answer.Ttl).Append(hop.Ttl).Max() })
            .MaxBy(static hop => hop.Ttl);
    }

    private static bool LeadsTo(NameAnswer answer, SiteHost host) => answer.Cname is { } cname
        ? string.Equals(cname.ToString(), host.Cname?.TrimEnd('.'), StringComparison.OrdinalIgnoreCase)
        : answer.Addresses.All(address => new[] { host.Address, host.AddressV6 }.Any(text => text is not null && System.Net.IPAddress.Parse(text).Equals(address)));

    private static string Seconds(long seconds) => FormattableString.Invariant($"{seconds} s");
}
