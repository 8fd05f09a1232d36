using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>sites</c>, and holds each site against the hosts and the sites before it.</summary>
internal sealed class SiteReader(
    IReadOnlyDictionary<string, SiteHost> hosts,
    SiteDefaults defaults,
    InventoryReaders readers,
    string? zone,
    string? inventoryPath,
    FindingCollector findings)
{
    private readonly Dictionary<string, YamlScalar> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string Site, int Line)> domains = new(StringComparer.Ordinal);

    public IReadOnlyList<HostedSite> Read(YamlMap source)
    {
        var sites = new List<HostedSite>(source.Entries.Count);
        foreach (var (key, value) in source.Entries)
        {
            if (!NameSyntax.Judge(key, "site", findings))
            {
                continue;
            }

            if (!names.TryAdd(key.Text, key))
            {
                var first = names[key.Text];
                findings.Add(
                    InventoryRules.DuplicateName,
                    key,
                    FormattableString.Invariant($"The site '{key.Text}' differs from '{first.Text}' (line {first.Line}) only in case."));
                continue;
            }

            if (value is not YamlMap map)
            {
                findings.Add(
                    InventoryRules.WrongType,
                    key,
                    $"Site '{key.Text}' is {value.Description}; a mapping was expected.",
                    $"Write {key.Text}: {{ domain: {key.Text}.example, primary: …, secondary: … }}.");
                continue;
            }

            if (ReadSite(key, map) is { } site)
            {
                sites.Add(site);
            }
        }

        return sites;
    }

    private HostedSite? ReadSite(YamlScalar key, YamlMap source)
    {
        var map = new MapReader(source, InventoryKeys.Site, $"site '{key.Text}'", findings);
        map.Require(key, "domain", "primary", "secondary");
        var domain = map.Text("domain") is { } written ? Domain(written, map.At("domain"), "domain", key.Text) : null;
        var aliases = (map.Scalars("aliases", "domain names") ?? [])
            .Select(alias => Domain(alias.Text, alias, "alias", key.Text))
            .OfType<string>()
            .ToList();
        var record = Record(map, key);
        var ttl = readers.Ttl.Read(map) ?? defaults.Ttl;
        var check = map.Mapping("check") is { } checkMap ? readers.Check.Read(checkMap, map.Owner, defaults.Check) : defaults.Check;
        var policy = map.Mapping("policy") is { } policyMap ? readers.SitePolicy.Read(policyMap, map.Owner, defaults.Policy) : defaults.Policy;
        var hooks = map.Mapping("hooks") is { } hookMap ? readers.Hooks.Read(hookMap, map.Owner, defaults.Hooks) : defaults.Hooks;
        var mirror = readers.Mirror.Read(map, defaults.Mirror);
        var repository = Repository(map);
        var apexRedirect = map.Flag("apexRedirect") ?? true;
        var primary = Host(map, "primary");
        var secondary = Host(map, "secondary");
        if (primary is null || secondary is null || !JudgePair(map, primary, secondary) || domain is null || record is null || zone is null)
        {
            return null;
        }

        var site = new HostedSite
        {
            Name = key.Text,
            Domain = domain,
            Aliases = aliases,
            Record = record,
            Zone = zone,
            Primary = primary,
            Secondary = secondary,
            Ttl = ttl,
            Check = check,
            Policy = policy,
            Hooks = hooks,
            Mirror = mirror,
            Repository = repository,
            ApexRedirect = apexRedirect,
            InventoryPath = inventoryPath,
        };
        JudgeLoop(map, site);
        site = site with { HealthChecks = HealthCheckId.ReadByHost(map, site, findings) };
        readers.Hooks.JudgePlaceholders(site);
        readers.Mirror.Judge(map, site);
        return site;
    }

    private string? Domain(string text, YamlValue at, string kind, string site)
    {
        if (DomainSyntax.Read(text, out var problem, out var fix) is not { } domain)
        {
            findings.Add(InventoryRules.BadDomain, at, $"The {kind} {YamlScalar.Quote(text)} of site '{site}' {problem}; a bare domain such as acme.example was expected.", fix);
            return null;
        }

        if (domain.StartsWith("www.", StringComparison.Ordinal) && domain.LastIndexOf('.') > 3)
        {
            findings.Add(InventoryRules.DomainWithWww, at, $"The {kind} '{domain}' of site '{site}' begins with 'www.'; the bare domain was expected.", $"Write '{domain[4..]}'.");
            return null;
        }

        if (DomainSyntax.LookAlike(domain) is { } doubt)
        {
            findings.Add(InventoryRules.LookAlikeDomain, at, $"{doubt}: the {kind} of site '{site}' is '{domain}'.");
        }

        if (domains.TryAdd(domain, (site, at.Line)))
        {
            return domain;
        }

        var first = domains[domain];
        findings.Add(
            InventoryRules.DuplicateDomain,
            at,
            FormattableString.Invariant($"The {kind} '{domain}' of site '{site}' is already that of site '{first.Site}' (line {first.Line})."));
        return null;
    }

    private string? Record(MapReader map, YamlScalar key)
    {
        if (readers.Records is null)
        {
            return null;
        }

        return !map.Has("record") ? readers.Records.Read(key.Text, key, map.Owner)
            : map.Scalar("record", "a record name") is { } record ? readers.Records.Read(record.Text, record, map.Owner)
            : null;
    }

    private SiteHost? Host(MapReader map, string role)
    {
        if (map.Text(role) is not { } name)
        {
            return null;
        }

        if (hosts.TryGetValue(name, out var host) && host.Name == name)
        {
            return host;
        }

        // Who was nearest to the other role's host meant that one; it would be the next finding, and any other host is a guess.
        var other = (map.At(role == "primary" ? "secondary" : "primary") as YamlScalar)?.Text;
        var nearest = host?.Name ?? NameSuggestion.Nearest(name, hosts.Keys.OrderBy(IsOther));
        findings.Add(
            InventoryRules.UnknownHost,
            map.At(role),
            $"The {role} of {map.Owner}, {YamlScalar.Quote(name)}, is not under 'hosts'.",
            nearest is null || IsOther(nearest) ? null : $"Write '{nearest}'.");
        return null;

        bool IsOther(string hostName) => string.Equals(hostName, other, StringComparison.OrdinalIgnoreCase);
    }

    private bool JudgePair(MapReader map, SiteHost primary, SiteHost secondary)
    {
        if (ReferenceEquals(primary, secondary))
        {
            findings.Add(InventoryRules.SameHostTwice, map.At("secondary"), $"The primary and the secondary of {map.Owner} are both '{primary.Name}'.");
            return false;
        }

        if (primary.Provider.Length > 0 && string.Equals(primary.Provider, secondary.Provider, StringComparison.OrdinalIgnoreCase))
        {
            var other = hosts.Values.FirstOrDefault(host => !string.Equals(host.Provider, primary.Provider, StringComparison.OrdinalIgnoreCase));
            findings.Add(
                InventoryRules.SameProvider,
                map.At("secondary"),
                $"Both hosts of {map.Owner}, '{primary.Name}' and '{secondary.Name}', are at '{primary.Provider}': one outage would take both.",
                other is null ? null : $"Choose a host at another provider, for example '{other.Name}'.");
            return false;
        }

        var shared = primary.Address is not null && primary.Address == secondary.Address ? primary.Address
            : primary.AddressV6 is not null && primary.AddressV6 == secondary.AddressV6 ? primary.AddressV6
            : primary.Cname is not null && primary.Cname == secondary.Cname ? primary.Cname
            : null;
        if (shared is not null)
        {
            findings.Add(InventoryRules.SameTarget, map.At("secondary"), $"Both hosts of {map.Owner} are '{shared}'; a switch would change nothing.");
            return false;
        }

        return true;
    }

    private void JudgeLoop(MapReader map, HostedSite site)
    {
        if (site.Primary.Cname is null && site.Secondary.Cname is null)
        {
            return;
        }

        foreach (var (role, host) in new[] { ("primary", site.Primary), ("secondary", site.Secondary) })
        {
            if (host.Cname is { } cname && (cname == site.Record || cname == site.HostName || cname == site.Domain))
            {
                findings.Add(
                    InventoryRules.CnameLoop,
                    map.At(role),
                    $"The cname of host '{host.Name}' is '{cname}', which is {map.Owner}'s own name: the record would lead back to itself.");
            }
        }
    }

    // git takes what begins with '-' as an option.
    private string? Repository(MapReader map)
    {
        var text = map.Text("repository");
        if (text is null || (text[0] != '-' && !text.Any(char.IsControl)))
        {
            return text;
        }

        findings.Add(
            InventoryRules.BadText,
            map.At("repository"),
            $"'repository' of {map.Owner} is {YamlScalar.Quote(text)}; an address or path that does not begin with '-' was expected.",
            "Write, for example, https://git.example/acme.git.");
        return null;
    }
}
