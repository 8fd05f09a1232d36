using HostingOps.Engine.Aws;
using HostingOps.Engine.Dns.Sync;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Turns the tree of a YAML file into an inventory: a site's own value, then <c>defaults</c>, then the built-in one.</summary>
/// <param name="path">The file, or null.</param>
/// <param name="findings">Where findings go.</param>
/// <param name="clock">For what has passed; null for the system's.</param>
internal sealed class InventoryReader(string? path, FindingCollector findings, TimeProvider? clock = null)
{
    private const int SupportedVersion = 1;

    /// <summary>The inventory, or null when there are errors.</summary>
    public HostingInventory? Read(YamlValue tree)
    {
        if (tree is not YamlMap source)
        {
            findings.Add(InventoryRules.NotMapping, tree, $"The file holds {(tree is YamlScalar ? "a text" : tree.Description)}; a mapping that begins with 'version: 1' was expected.");
            return null;
        }

        var root = new MapReader(source, InventoryKeys.Root, "the inventory", findings);
        root.Require(source, "version", "zone", "hosts", "sites");
        JudgeVersion(root);
        var zone = ReadZone(root);
        var owner = ReadOwner(root);
        var fleet = root.Mapping("policy") is { } fleetMap ? new FleetPolicyReader(findings).Read(fleetMap) : new FleetPolicy();
        var readers = new InventoryReaders(
            new TtlReader(fleet.MaxTtl, findings),
            new CheckReader(path is null ? null : Path.GetDirectoryName(path), findings),
            new SitePolicyReader(fleet.ObserverChecks.Count > 0, findings),
            new HookReader(findings),
            new MirrorReader(new CommandReader(findings), new SecretSyntax(findings), findings),
            zone is null ? null : new RecordReader(zone, findings, isOwned: root.Has("owner")));
        var hosts = root.Mapping("hosts") is { } hostMap ? new HostReader(findings).Read(hostMap) : [];
        var defaults = ReadDefaults(root, readers);
        var sites = ReadSites(root, new SiteReader(hosts, defaults, readers, zone, path, findings));
        var settings = new SettingsReader(findings);
        var aws = root.Mapping("aws") is { } awsMap ? settings.ReadAws(awsMap) : new AwsSettings();
        var dynamic = new DynamicDnsReader(path is null ? null : Path.GetDirectoryName(path), readers, findings).Read(root);
        var inventory = new HostingInventory
        {
            Path = path,
            Zone = zone ?? "",
            Owner = owner,
            Aws = aws,
            ZoneId = settings.ReadZoneId(root),
            NameServers = settings.ReadNameServers(root),
            VerifyDns = root.Flag("verifyDns") ?? true,
            Hosts = hosts,
            Sites = sites,
            Policy = fleet,
            Sync = root.Mapping("sync") is { } sync ? settings.ReadSync(sync) : new SyncPolicy(),
            Apex = root.Mapping("apex") is { } apex ? new ApexReader(findings).Read(apex, IsLoopback(aws.EndpointUrl)) : null,
            DynamicDns = dynamic,
            Uplinks = new UplinkReader(hosts, dynamic, findings).Read(root),
            Maintenance = new MaintenanceReader(hosts, sites, (clock ?? TimeProvider.System).GetUtcNow(), findings).Read(root),
            DnsAudit = root.Mapping("dnsAudit") is { } audit ? new DnsAuditReader(findings).Read(audit, sites) : DnsAuditSettings.Default,
            Notifications = new NotificationReader(findings).Read(root),
        };
        inventory = inventory with
        {
            Witnesses = root.Mapping("witnesses") is { } witnesses
                ? new WitnessReader(path is null ? null : Path.GetDirectoryName(path), findings).Read(witnesses, inventory)
                : null,
        };
        if (!root.Has("witnesses"))
        {
            readers.SitePolicy.JudgeAlone(sites);
        }

        JudgeBuiltInTtl(root, readers.Ttl, sites);
        return findings.HasErrors ? null : inventory;
    }

    private static bool IsLoopback(string? endpointUrl) =>
        Uri.TryCreate(endpointUrl, UriKind.Absolute, out var endpoint) && AwsEnvironment.IsLoopback(endpoint);

    private void JudgeVersion(MapReader root)
    {
        if (root.Integer("version", "the number 1") is { } version && version != SupportedVersion)
        {
            findings.Add(
                InventoryRules.UnsupportedVersion,
                root.At("version"),
                FormattableString.Invariant($"The version is {version}; this HostingOps reads version {SupportedVersion}."),
                version > SupportedVersion ? "Write 'version: 1', or use a newer HostingOps." : null);
        }
    }

    private string? ReadZone(MapReader root)
    {
        if (root.Text("zone") is not { } text)
        {
            return null;
        }

        var zone = (text.EndsWith('.') ? text[..^1] : text).ToLowerInvariant();
        var labels = zone.Split('.');
        var problem = labels.Length < 2 ? "has no dot"
            : zone.Length > 253 ? "is longer than 253 characters"
            : DomainSyntax.ProblemOf(labels, allowUnderscore: true);
        if (problem is null)
        {
            return zone;
        }

        findings.Add(InventoryRules.BadDomain, root.At("zone"), $"The zone {YamlScalar.Quote(text)} {problem}; a zone's name such as sites.example.net was expected.");
        return null;
    }

    // It is compared letter by letter in TXT records: two that differ only in case would be taken for one by whoever reads them.
    private string? ReadOwner(MapReader root)
    {
        if (root.Text("owner") is not { } text || OwnershipRecord.IsOwner(text))
        {
            return root.Text("owner");
        }

        var lower = text.ToLowerInvariant();
        findings.Add(
            InventoryRules.BadOwner,
            root.At("owner"),
            FormattableString.Invariant($"'owner' is {YamlScalar.Quote(text)}; an id was expected."),
            OwnershipRecord.IsOwner(lower) ? $"Write {lower}." : null);
        return null;
    }

    private SiteDefaults ReadDefaults(MapReader root, InventoryReaders readers)
    {
        var builtIn = new SiteDefaults(BuiltInTtl, new HealthCheckPolicy(), new SitePolicy(), new SiteHooks(), null);
        if (root.Mapping("defaults") is not { } source)
        {
            return builtIn;
        }

        var map = new MapReader(source, InventoryKeys.Defaults, "defaults", findings);
        return new SiteDefaults(
            readers.Ttl.Read(map) ?? builtIn.Ttl,
            map.Mapping("check") is { } check ? readers.Check.Read(check, map.Owner, builtIn.Check) : builtIn.Check,
            map.Mapping("policy") is { } policy ? readers.SitePolicy.Read(policy, map.Owner, builtIn.Policy, isOfSite: false) : builtIn.Policy,
            map.Mapping("hooks") is { } hooks ? readers.Hooks.Read(hooks, map.Owner, builtIn.Hooks) : builtIn.Hooks,
            readers.Mirror.Read(map, builtIn.Mirror));
    }

    private IReadOnlyList<HostedSite> ReadSites(MapReader root, SiteReader reader)
    {
        if (root.Mapping("sites") is not { } source)
        {
            return [];
        }

        if (source.Entries.Count == 0)
        {
            findings.Add(InventoryRules.NoSites, source, "'sites' is empty.");
        }

        return reader.Read(source);
    }

    // A TTL that nobody wrote can still be above a policy that somebody wrote.
    private static void JudgeBuiltInTtl(MapReader root, TtlReader ttl, IReadOnlyList<HostedSite> sites)
    {
        var written = root.Mapping("defaults")?.TryGet("ttl", out _) ?? false;
        if (!written && root.Mapping("policy") is { } policy && policy.TryGet("maxTtl", out var maxTtl) && sites.Any(static site => site.Ttl == BuiltInTtl))
        {
            ttl.Judge(BuiltInTtl, maxTtl.Value, "sites without one (the built-in value)");
        }
    }

    private const int BuiltInTtl = 60;
}
