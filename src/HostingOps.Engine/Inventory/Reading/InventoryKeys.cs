namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Every mapping of an inventory with its keys. The JSON Schema and docs/inventory.md hold the same ones.</summary>
internal static class InventoryKeys
{
    /// <summary>Top-level keys that begin so are the user's own: a place for anchors.</summary>
    public const string UserPrefix = "x-";

    public static readonly KeySet Root = new(
        "", "version", "aws", "zone", "zoneId", "owner", "nameServers", "verifyDns", "defaults", "hosts", "sites", "apex", "dynamicDns", "uplinks", "maintenance", "dnsAudit", "policy", "sync", "witnesses", "notifications");

    public static readonly KeySet Aws = new("aws", "profile", "region", "endpointUrl");

    public static readonly KeySet Defaults = new("defaults", "ttl", "check", "policy", "hooks", "mirror");

    public static readonly KeySet Check = new(
        "check", "path", "scheme", "port", "timeout", "interval", "confirmInterval", "failAfter", "recoverAfter", "faultDuration",
        "intermittent", "holdDown", "maxHoldDown", "flapWindow", "standbyInterval", "expectStatus",
        "expectBody", "maxRedirects", "certificate", "certificateWarningDays", "slowAfter", "caFile");

    public static readonly KeySet Intermittent = new("intermittent", "failures", "of");

    public static readonly KeySet Host = new("host", "provider", "address", "addressV6", "cname", "ssh", "connectTo", "healthCheck");

    public static readonly KeySet Site = new(
        "site", "domain", "aliases", "record", "primary", "secondary", "ttl", "check", "policy", "hooks", "repository", "apexRedirect", "healthChecks", "mirror");

    public static readonly KeySet SitePolicy = new("sitePolicy", "automatic", "automaticAfter", "cooldown", "failback");

    public static readonly KeySet Mirror = new(
        "mirror", "connections", "requestsPerSecond", "maxPages", "maxDepth", "maxBytes", "maxFileBytes", "maxTime", "timeout", "robots", "assetHosts",
        "exclude", "start", "headers", "userAgent", "maxAge", "keep", "minPercent", "maxMissingPercent", "banner", "folder", "reload", "certificates");

    public static readonly KeySet Hooks = new("hooks", "fence", "promote", "after");

    public static readonly KeySet Hook = new("hook", "run", "timeout");

    public static readonly KeySet Apex = new(
        "apex", "elasticIp", "elasticIpV6", "ssh", "configPath", "reload", "test", "instance", "redirect", "connectTo");

    public static readonly KeySet Instance = new(
        "instance", "type", "keyName", "securityGroup", "subnets", "image", "profile", "user", "setup", "tags");

    public static readonly KeySet ApexRedirect = new(
        "apexRedirect", "certificates", "acmeRoot", "hsts", "hstsIncludeSubDomains", "accessLog", "ipv6", "status", "wwwAliases");

    public static readonly KeySet DynamicDns = new(
        "dynamicDnsRecord", "record", "sources", "families", "quorum", "timeout", "settleCount", "settleTime", "floor", "ttl", "allowHttp", "caFile");

    public static readonly KeySet AddressSource = new("addressSource", "command", "interface");

    public static readonly KeySet Uplink = new("uplink", "ranges", "reaction", "publish", "hosts");

    public static readonly KeySet MaintenanceWindow = new(
        "maintenanceWindow", "reason", "sites", "hosts", "providers", "from", "to", "weekly", "at", "duration", "timeZone");

    public static readonly KeySet DnsAudit = new(
        "dnsAudit", "resolvers", "certificateAuthorities", "wildcardCertificates", "maxSwitchTime", "signatureWarningDays", "questionsAtOnce",
        "questionsPerSecond", "roots", "port");

    public static readonly KeySet FleetPolicy = new(
        "policy", "maxFailovers", "maxFailoverPercent", "maxFailoversPerProvider", "window", "observerChecks", "maxFailingPercent", "maxTtl", "marker");

    public static readonly KeySet Sync = new("sync", "maxChanges", "maxPercent");

    public static readonly KeySet Witnesses = new("witnesses", "quorum", "key", "timeout", "agents", "route53");

    public static readonly KeySet WitnessAgent = new("witnessAgent", "name", "url", "key", "caFile");

    public static readonly KeySet Route53Witness = new("route53Witness", "failing", "maxAge", "regions");

    public static readonly KeySet Notification = new(
        "notification", "name", "webhook", "preset", "token", "mail", "command", "on", "minSeverity", "resend");

    public static readonly KeySet NotificationMail = new("notificationMail", "to", "from", "server", "user", "password", "tls");

    public static IReadOnlyList<KeySet> All { get; } =
        [Root, Aws, Defaults, Check, Intermittent, Host, Site, SitePolicy, Mirror, Hooks, Hook, Apex, Instance, ApexRedirect, DynamicDns, AddressSource, Uplink, MaintenanceWindow, DnsAudit, FleetPolicy, Sync, Witnesses, WitnessAgent, Route53Witness, Notification, NotificationMail];
}
