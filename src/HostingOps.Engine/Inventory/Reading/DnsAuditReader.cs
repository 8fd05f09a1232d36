using HostingOps.Engine.Dns.Audit.Looking;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>dnsAudit</c>.</summary>
internal sealed class DnsAuditReader(FindingCollector findings)
{
    private const int MostQuestionsAtOnce = 64;
    private const int MostQuestionsPerSecond = 1000;

    // Signatures are made for weeks, seldom for longer.
    private const int MostWarningDays = 60;

    private static readonly TimeSpan LongestSwitch = TimeSpan.FromDays(7);

    /// <summary>The settings; what is wrong keeps its built-in value.</summary>
    /// <param name="source">The mapping.</param>
    /// <param name="sites">The sites, whose TTLs a switch can't be quicker than.</param>
    public DnsAuditSettings Read(YamlMap source, IReadOnlyList<HostedSite> sites)
    {
        var map = new MapReader(source, InventoryKeys.DnsAudit, "dnsAudit", findings);
        var builtIn = DnsAuditSettings.Default;
        var settings = new DnsAuditSettings
        {
            Resolvers = List(map, "resolvers", "names or addresses", InventoryRules.BadResolver, PublicResolvers.IsOne, "an address or a host name, perhaps with a port") ?? builtIn.Resolvers,
            CertificateAuthorities = List(map, "certificateAuthorities", "domains", InventoryRules.BadAuthority, IsAuthority, "the domain by which CAA records know an authority") ?? builtIn.CertificateAuthorities,
            WildcardCertificates = map.Flag("wildcardCertificates") ?? builtIn.WildcardCertificates,
            MaxSwitchTime = map.Duration("maxSwitchTime", TimeSpan.FromSeconds(1), LongestSwitch) ?? builtIn.MaxSwitchTime,
            SignatureWarningDays = map.Number("signatureWarningDays", 0, MostWarningDays) ?? builtIn.SignatureWarningDays,
            QuestionsAtOnce = map.Number("questionsAtOnce", 1, MostQuestionsAtOnce) ?? builtIn.QuestionsAtOnce,
            QuestionsPerSecond = map.Number("questionsPerSecond", 1, MostQuestionsPerSecond) ?? builtIn.QuestionsPerSecond,
            Roots = List(map, "roots", "addresses", InventoryRules.BadResolver, static text => AddressSyntax.IsEndpoint(text, allowName: false, portOptional: true), "an address, perhaps with a port") ?? builtIn.Roots,
            Port = map.Number("port", 1, ushort.MaxValue) ?? builtIn.Port,
        };
        JudgeAuthorities(map, settings);
        JudgeSwitchTime(map, settings, sites);
        if (settings.Port != builtIn.Port && settings.Roots.Count == 0 && !map.Has("roots"))
        {
            findings.Add(InventoryRules.AuditWithoutEffect, map.At("port"), FormattableString.Invariant($"'port' is {settings.Port} and there are no 'roots': the Internet's name servers answer at port 53."), "Remove it, or name the rehearsal's servers under 'roots'.");
        }

        return settings;
    }

    private List<string>? List(MapReader map, string key, string kind, InventoryRule rule, Func<string, bool> isOne, string expected)
    {
        if (map.Scalars(key, kind) is not { } items)
        {
            return null;
        }

        var texts = new List<string>(items.Count);
        foreach (var item in items)
        {
            if (!isOne(item.Text))
            {
                findings.Add(rule, item, $"An item of '{key}' is {item.Description}; {expected} was expected.");
            }
            else if (texts.Contains(item.Text, StringComparer.OrdinalIgnoreCase))
            {
                findings.Add(InventoryRules.AuditWithoutEffect, item, $"{item.Description} stands twice in '{key}'.", "Keep one of the two.");
            }
            else
            {
                texts.Add(item.Text);
            }
        }

        return texts;
    }

    private void JudgeAuthorities(MapReader map, DnsAuditSettings settings)
    {
        if (map.Has("certificateAuthorities") && settings.CertificateAuthorities.Count == 0 && map.At("certificateAuthorities") is YamlList { Items.Count: 0 } empty)
        {
            findings.Add(InventoryRules.BadAuthority, empty, "'certificateAuthorities' is empty: any CAA record would forbid our certificates.");
        }
    }

    private void JudgeSwitchTime(MapReader map, DnsAuditSettings settings, IReadOnlyList<HostedSite> sites)
    {
        if (map.Has("maxSwitchTime") && sites.FirstOrDefault(site => site.Ttl > settings.MaxSwitchTime.TotalSeconds) is { } slow)
        {
            findings.Add(
                InventoryRules.SwitchTimeBelowTtl,
                map.At("maxSwitchTime"),
                FormattableString.Invariant($"'maxSwitchTime' is {DurationText.Format(settings.MaxSwitchTime)}, and the TTL of site '{slow.Name}' is {slow.Ttl} s: no switch of it is as quick."));
        }
    }

    private static bool IsAuthority(string text) => text.Contains('.', StringComparison.Ordinal) && DomainSyntax.Read(text, out _, out _) is { } read && string.Equals(read, text.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
}
