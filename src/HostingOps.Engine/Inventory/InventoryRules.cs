using static HostingOps.FindingSeverity;

namespace HostingOps.Engine.Inventory;

/// <summary>Every kind of finding that reading an inventory can give: the one place where codes are assigned.</summary>
internal static class InventoryRules
{
    internal static readonly InventoryRule NotYaml = new("INV001", Error, "The file is not valid YAML", "Mend the syntax at the line and column given");
    internal static readonly InventoryRule NotText = new("INV002", Error, "The file is not text in UTF-8 or UTF-16, or holds a control character", "Save it as UTF-8");
    internal static readonly InventoryRule TooLarge = new("INV003", Error, "The document is too large, too deep, or its aliases expand to too much", "Stay under 16 MiB, 32 levels and 1,000,000 values, aliases counted each time they are used");
    internal static readonly InventoryRule SeveralDocuments = new("INV004", Error, "The file holds more than one YAML document", "Keep one document per file: remove what follows the second `---`");
    internal static readonly InventoryRule NotMapping = new("INV005", Error, "The file is empty, or its top level is not a mapping", "Start with `version: 1`, or write a starter with New-HostingInventory");
    internal static readonly InventoryRule TagRefused = new("INV006", Error, "A YAML tag", "Remove the tag: the inventory needs none, and none is obeyed");
    internal static readonly InventoryRule BadAlias = new("INV007", Error, "An alias without an anchor before it, an alias to itself, or a merge of something that is not a mapping", "Define the anchor above its first use");
    internal static readonly InventoryRule UnknownKey = new("INV008", Error, "An unknown key", "Use the key suggested, or remove it");
    internal static readonly InventoryRule DuplicateKey = new("INV009", Error, "The same key twice in one mapping", "Keep one of the two");
    internal static readonly InventoryRule MissingKey = new("INV010", Error, "A required key is missing", "Add the key");
    internal static readonly InventoryRule WrongType = new("INV011", Error, "A value of the wrong type, or none", "Write the type that the message names, or remove the key");
    internal static readonly InventoryRule OutOfRange = new("INV012", Error, "A number or duration outside its range", "Choose a value within the range that the message names");
    internal static readonly InventoryRule BadDuration = new("INV013", Error, "A duration without a unit, or not a duration", "Write a whole number and one of ms, s, m, h, d: `500ms`, `5s`, `15m`, `1h`, `2d`");
    internal static readonly InventoryRule UnknownWord = new("INV014", Error, "A word that is not one of those allowed", "Use one of the words that the message lists");
    internal static readonly InventoryRule UnsupportedVersion = new("INV015", Error, "A version of the inventory format that this HostingOps does not read", "Write `version: 1`");
    internal static readonly InventoryRule BadName = new("INV016", Error, "A site or host name with other characters than letters, digits, `.`, `_` and `-`, or longer than 64", "Begin with a letter or digit, and leave out spaces and wildcards");
    internal static readonly InventoryRule DuplicateName = new("INV017", Error, "Two site names, or two host names, that differ only in case", "Rename one: PowerShell does not tell them apart");
    internal static readonly InventoryRule BadDomain = new("INV018", Error, "Not a domain name", "Write the bare domain: no scheme, path, port, wildcard or underscore");
    internal static readonly InventoryRule DomainWithWww = new("INV019", Error, "A domain or alias that begins with `www.`", "Write the bare domain: the `www` name follows from it");
    internal static readonly InventoryRule LookAlikeDomain = new("INV020", Warning, "A domain label that mixes scripts, or is made of look-alike letters", "Make sure that it is the name you registered");
    internal static readonly InventoryRule DuplicateDomain = new("INV021", Error, "A domain or alias used twice", "Give each domain to one site, once");
    internal static readonly InventoryRule BadRecord = new("INV022", Error, "Not a record name", "Use labels of letters, digits, `-` and `_`, to 63 characters each, 255 in all");
    internal static readonly InventoryRule ApexRecord = new("INV023", Error, "The record is the zone's own name: an apex takes no CNAME (RFC 1034 §3.6.2) and is never switched", "Use a name below the zone, for example the site's name");
    internal static readonly InventoryRule RecordOutsideZone = new("INV024", Error, "The record is outside the zone", "Use a name below the zone, or correct `zone`");
    internal static readonly InventoryRule DottedRecord = new("INV025", Warning, "A record with dots that is taken as relative to the zone", "Write the full name with a final dot to say that it is meant");
    internal static readonly InventoryRule DuplicateRecord = new("INV026", Error, "A record used twice, by sites or dynamic DNS", "Give each site a record of its own");
    internal static readonly InventoryRule ReservedRecord = new("INV027", Error, "The record `_hostingops`, which HostingOps writes its marker to", "Use another name");
    internal static readonly InventoryRule BadAddress = new("INV028", Error, "Not an IP address that a host can have", "Write an IPv4 address in `address`, an IPv6 address in `addressV6`, a host name in `cname`");
    internal static readonly InventoryRule PrivateAddress = new("INV029", Warning, "A private, shared or link-local address, which visitors cannot reach", "Write the public address, and put a tunnel or NAT address in `connectTo`");
    internal static readonly InventoryRule AddressAndCname = new("INV030", Error, "A host with both an address and a `cname`", "Keep one: a name with a CNAME has no other records (RFC 1034 §3.6.2)");
    internal static readonly InventoryRule NoAddress = new("INV031", Error, "A host without `address`, `addressV6` or `cname`", "Add one of them");
    internal static readonly InventoryRule SharedAddress = new("INV032", Warning, "Two hosts with the same address", "Correct the address, or make them one host");
    internal static readonly InventoryRule UnknownHost = new("INV033", Error, "A site names a host that is not under `hosts`", "Use the name suggested, or add the host");
    internal static readonly InventoryRule SameHostTwice = new("INV034", Error, "A site's primary and secondary are the same host", "Choose another secondary");
    internal static readonly InventoryRule SameProvider = new("INV035", Error, "A site's two hosts are at the same provider", "Choose a secondary at another provider: one outage must not take both");
    internal static readonly InventoryRule SameTarget = new("INV036", Error, "A site's two hosts have the same address or CNAME, so that a switch would change nothing", "Correct the address of one of them");
    internal static readonly InventoryRule CnameLoop = new("INV037", Error, "A host's CNAME is the site's own record or domain", "Write the name that the provider gave the server");
    internal static readonly InventoryRule BadEndpoint = new("INV038", Error, "Not an http(s) address, or not `address:port`", "Write it as the message shows");
    internal static readonly InventoryRule BadTtl = new("INV039", Error, "A TTL below 0 or above 2147483647 (RFC 2181 §8)", "Use 60");
    internal static readonly InventoryRule ZeroTtl = new("INV040", Warning, "A TTL of 0, which resolvers treat in different ways", "Use a small TTL such as 30 or 60");
    internal static readonly InventoryRule HighTtl = new("INV041", Warning, "A TTL above `policy.maxTtl`: resolvers keep the dead host for that long", "Lower the TTL, or raise `policy.maxTtl`");
    internal static readonly InventoryRule BadStatus = new("INV042", Error, "Not a status code or range", "Write `200`, `200-299` or a list of these, from 100 to 599");
    internal static readonly InventoryRule TimeoutOverInterval = new("INV043", Warning, "A check's timeout is longer than its interval, so that probes overlap", "Lower `timeout` or raise `interval`");
    internal static readonly InventoryRule CheckWithoutEffect = new("INV044", Warning, "A check setting that can have no effect beside another", "Change one of the two");
    internal static readonly InventoryRule CaFileMissing = new("INV045", Warning, "The `caFile` does not exist", "Correct the path: it is relative to the inventory's folder");
    internal static readonly InventoryRule BadHook = new("INV046", Error, "A hook that is not an argv list", "Write a list of lists: `[[ssh, host, command]]`, or of `{ run: [ssh, host, command], timeout: 30s }`");
    internal static readonly InventoryRule UnknownPlaceholder = new("INV047", Error, "An unknown placeholder in a hook", "Use one of those in the section on hooks");
    internal static readonly InventoryRule EmptyPlaceholder = new("INV048", Error, "A placeholder that has no value for a site", "Give the host or site that value, or leave the placeholder out");
    internal static readonly InventoryRule AutomaticUnobserved = new("INV049", Warning, "Automatic failover without `policy.observerChecks`: a broken monitor could move sites", "List two or three known-good addresses under `policy.observerChecks`");
    internal static readonly InventoryRule PlainWebhook = new("INV050", Warning, "A webhook written in the file: its address is often a secret", "Put it into an environment variable and write `\"${ALERT_WEBHOOK}\"`");
    internal static readonly InventoryRule BadText = new("INV051", Error, "A text that cannot be what its key says", "Write it as the message shows");
    internal static readonly InventoryRule NoSites = new("INV052", Warning, "There are no sites", "Add a site under `sites`");
    internal static readonly InventoryRule MoreFindings = new("INV053", Warning, "There are more findings than are listed", "Mend those listed, then check again");
    internal static readonly InventoryRule PlainObserver = new("INV054", Warning, "An observer check by http, which a captive portal or a proxy can answer in its place", "Write it with https://: a certificate can't be faked");
    internal static readonly InventoryRule BadCommand = new("INV055", Error, "A command for the redirector that is not an argv list", "Write the program and its arguments as a list: `[sudo, nginx, -t]`; `setup` is a list of such lists");
    internal static readonly InventoryRule RedirectWithoutEffect = new("INV056", Warning, "A redirect setting that can have no effect beside another", "Change one of the two");
    internal static readonly InventoryRule RouteWithoutEffect = new("INV057", Warning, "A way in `apex.connectTo` that nothing takes: redirectors are asked at ports 22, 80 and 443", "Write the public address with :22, :80 or :443 on the left");
    internal static readonly InventoryRule RouteToThisMachine = new("INV058", Warning, "`apex.connectTo` leads to this machine, and `aws.endpointUrl` does not: what the proofs ask is not what visitors get", "Remove it after a rehearsal; a tunnel may stay");
    internal static readonly InventoryRule BadOwner = new("INV059", Error, "An `owner` that is not an id", "Write 1 to 64 lower-case letters, digits, `.`, `_` and `-`, beginning with a letter or digit");
    internal static readonly InventoryRule OwnershipRecord = new("INV060", Error, "A record that begins with `_hostingops-owner`, where ownership is written", "Use another name");
    internal static readonly InventoryRule RecordTooLongToOwn = new("INV061", Warning, "A record whose name leaves no room for `_hostingops-owner.` in front of it: Sync-SiteDns can't own it, and does not create it", "Use a shorter name, or leave `owner` out");
    internal static readonly InventoryRule BadResolver = new("INV062", Error, "A resolver that is neither an address nor a host name, or a root server that is no address", "Write `1.1.1.1`, `dns.example` or `\"[2001:db8::53]:53\"`");
    internal static readonly InventoryRule BadAuthority = new("INV063", Error, "A certificate authority that is not written as CAA records name it", "Write the authority's domain, for example `letsencrypt.org`");
    internal static readonly InventoryRule SwitchTimeBelowTtl = new("INV064", Warning, "A `maxSwitchTime` that a site's own TTL goes beyond", "Raise `dnsAudit.maxSwitchTime`, or lower the TTL");
    internal static readonly InventoryRule AuditWithoutEffect = new("INV065", Warning, "A `dnsAudit` setting that has no effect, or stands there twice", "Remove it, or add what it needs");

    internal static readonly InventoryRule BadAddressSource = new("INV066", Error, "An address source that cannot be read", "Write `https://ip.example/`, `dns:name/type/class@server`, `{ command: [program, argument] }` or `{ interface: eth0 }`");
    internal static readonly InventoryRule QuorumOutOfReach = new("INV067", Warning, "Fewer independent address sources than `quorum`, so that no address is ever believed", "Add sources of other operators, or write `quorum: 1` to believe one alone");
    internal static readonly InventoryRule PlainAddressSource = new("INV068", Warning, "An address source by http, which anybody on the way can answer, without `allowHttp`", "Write it with https://, or set `allowHttp: true`");
    internal static readonly InventoryRule BadUplinkRange = new("INV069", Error, "Not an address range", "Write an address, or a range whose bits behind the prefix are zero: `198.51.100.0/24`, `\"2001:db8:4::/48\"`");
    internal static readonly InventoryRule SharedUplinkRange = new("INV070", Error, "An address range of two uplinks", "Give each address to one uplink");
    internal static readonly InventoryRule UnknownUplinkHost = new("INV071", Error, "An uplink names a host that is not under `hosts`", "Use the name suggested, or add the host");
    internal static readonly InventoryRule UplinkWithoutEffect = new("INV072", Warning, "An uplink that shall switch to the mirror, with no host behind it", "Name the hosts behind this line under `hosts`, or write `reaction: alert`");

    internal static readonly InventoryRule UnknownTimeZone = new("INV073", Error, "A time zone that this machine does not know", "Write an IANA id such as `Europe/Berlin`, or a Windows one");
    internal static readonly InventoryRule BadWindow = new("INV074", Error, "A maintenance window without a time that can be told", "Write `from` and `to`, or `weekly`, `at` and `duration`");
    internal static readonly InventoryRule UnknownInWindow = new("INV075", Error, "A maintenance window names a site, a host or a provider that the inventory does not have", "Use the name suggested, or remove it");
    internal static readonly InventoryRule PastWindow = new("INV076", Warning, "A maintenance window that is over", "Remove it");
    internal static readonly InventoryRule WindowWithoutEffect = new("INV077", Warning, "A part of a maintenance window that has no effect", "Correct it, or remove it");

    internal static readonly InventoryRule BadWitnessKey = new("INV078", Error, "A key of witnesses that is missing, or is not the name of an environment variable", "Write `key: \"${WITNESS_KEY}\"`, and set the variable on each machine: the key itself never stands in the file");
    internal static readonly InventoryRule BadQuorum = new("INV079", Error, "A quorum that does not fit the voices", "Write `2 of 3`: how many must say down, of this machine, each agent, and Route 53");
    internal static readonly InventoryRule BadWitness = new("INV080", Error, "A witness that can't be asked, or that would have two voices", "Write an address of its own with https://; http is for this machine only");
    internal static readonly InventoryRule WitnessWithoutEffect = new("INV081", Warning, "A setting of witnesses that has no effect", "Remove it, or add what it needs");

    internal static readonly InventoryRule BadChannel = new("INV082", Error, "A notification that is not exactly one of `webhook`, `mail` and `command`", "Write one of them; for several, write several notifications");
    internal static readonly InventoryRule BadPreset = new("INV083", Error, "A preset that the address or token does not fit", "Write it as the message shows");
    internal static readonly InventoryRule BadMail = new("INV084", Error, "A notification's mail that could not be sent: no address, no server, half an account", "Write it as the message shows");
    internal static readonly InventoryRule DuplicateChannel = new("INV085", Error, "Two notifications of one name", "Give each a name of its own, or none");
    internal static readonly InventoryRule PlainSecret = new("INV086", Warning, "A notification's token or password that stands in the file, or would go unprotected", "Put it into an environment variable and write `\"${SMTP_PASSWORD}\"`; leave STARTTLS on");
    internal static readonly InventoryRule FailbackByHand = new("INV087", Warning, "A `failback` of a site that is not `automatic`", "Add `automatic: true`, or remove `failback`");
    internal static readonly InventoryRule FailbackInCooldown = new("INV088", Warning, "A `failback` that is shorter than the `cooldown`, which holds the site for longer", "Raise `failback` to the cooldown, or lower the cooldown");
    internal static readonly InventoryRule AutomaticAlone = new("INV089", Warning, "Automatic failover without `witnesses`: one machine alone can't tell a provider's outage from its own broken way there", "Add `witnesses`, best two of them with `quorum: 2 of 3`");
    internal static readonly InventoryRule BadSize = new("INV090", Error, "A size without a unit, or not a size", "Write a whole number and one of B, KiB, MiB, GiB, TiB: `512KiB`, `256MiB`, `4GiB`");
    internal static readonly InventoryRule BadAssetHost = new("INV091", Error, "An asset host of a mirror that is not a full host name", "Write the name, with `:port` where that is neither 80 nor 443: no scheme, path or wildcard");
    internal static readonly InventoryRule BadMirrorPath = new("INV092", Error, "A path of a mirror that can't be asked for, leaves nothing to save, or can't be a folder on the secondary host", "Begin with `/`; `exclude` takes `*` for any characters");
    internal static readonly InventoryRule BadMirrorHeader = new("INV093", Error, "A header of a mirror that can't be sent, or that is the crawl's own", "Name the header and give it one line, best from an environment variable");
    internal static readonly InventoryRule PlainHeader = new("INV094", Warning, "A header of a mirror whose value stands in the file", "Put it into an environment variable and write `\"${ACME_COOKIE}\"`");
    internal static readonly InventoryRule MirrorNotCarried = new("INV095", Warning, "A mirror whose secondary host has no `ssh`, so that nothing carries it there", "Give the host `ssh`, or carry the mirror there yourself");
    internal static readonly InventoryRule MirrorWithoutEffect = new("INV096", Warning, "A setting of a mirror that has no effect", "Correct it, or remove it");

    /// <summary>All rules, by code.</summary>
    public static IReadOnlyList<InventoryRule> All { get; } =
    [
        NotYaml, NotText, TooLarge, SeveralDocuments, NotMapping, TagRefused, BadAlias, UnknownKey, DuplicateKey, MissingKey,
        WrongType, OutOfRange, BadDuration, UnknownWord, UnsupportedVersion, BadName, DuplicateName, BadDomain, DomainWithWww,
        LookAlikeDomain, DuplicateDomain, BadRecord, ApexRecord, RecordOutsideZone, DottedRecord, DuplicateRecord, ReservedRecord,
        BadAddress, PrivateAddress, AddressAndCname, NoAddress, SharedAddress, UnknownHost, SameHostTwice, SameProvider, SameTarget,
        CnameLoop, BadEndpoint, BadTtl, ZeroTtl, HighTtl, BadStatus, TimeoutOverInterval, CheckWithoutEffect, CaFileMissing, BadHook,
        UnknownPlaceholder, EmptyPlaceholder, AutomaticUnobserved, PlainWebhook, BadText, NoSites, MoreFindings, PlainObserver, BadCommand, RedirectWithoutEffect,
        RouteWithoutEffect, RouteToThisMachine,
        BadOwner, OwnershipRecord, RecordTooLongToOwn,
        BadResolver, BadAuthority, SwitchTimeBelowTtl, AuditWithoutEffect,
        BadAddressSource, QuorumOutOfReach, PlainAddressSource, BadUplinkRange, SharedUplinkRange, UnknownUplinkHost, UplinkWithoutEffect,
        UnknownTimeZone, BadWindow, UnknownInWindow, PastWindow, WindowWithoutEffect,
        BadWitnessKey, BadQuorum, BadWitness, WitnessWithoutEffect,
        BadChannel, BadPreset, BadMail, DuplicateChannel, PlainSecret,
        FailbackByHand, FailbackInCooldown, AutomaticAlone,
        BadSize, BadAssetHost, BadMirrorPath, BadMirrorHeader, PlainHeader, MirrorNotCarried, MirrorWithoutEffect,
    ];
}
