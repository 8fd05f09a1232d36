namespace HostingOps.Testing;

/// <summary>A zone with everything that is hard to write down: odd names, long and binary texts, every type, every routing policy.</summary>
internal static class HardZone
{
    public const string Name = "hard.example.net";

    public static IReadOnlyList<DnsRecordSet> Sets { get; } =
    [
        Plain(Name, "SOA", 900, "ns-1.awsdns-00.org. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"),
        Plain(Name, "NS", 172800, "ns-1.awsdns-00.org.", "ns-2.awsdns-00.co.uk."),
        Plain(Name, "MX", 300, "10 mail.hard.example.net", "20 Mail2.Example.COM."),
        Plain(Name, "CAA", 300, "0 issue \"ca.example.com; account=1\"", "128 iodef \"mailto:a\\\"b\\\\c@example.com\""),
        Plain(Name, "TXT", 300, "\"v=spf1 -all\"", LongText(), "\"semi;colon (paren) @ $TTL \\\"quoted\\\" back\\\\slash\"", "\"\\000\\012\\015\\177\\303\\244\\377\"", "\"\"", "\"a\"  \"b\"", "\"\\141\\;x\""),
        Plain(Name, "SPF", 300, "\"v=spf1 -all\""),
        Plain("*.hard.example.net", "A", 60, "192.0.2.1", "192.0.2.2"),
        Plain("a.*.hard.example.net", "A", 60, "192.0.2.1"),
        Plain(@"a\032b.hard.example.net", "A", 2147483647, "192.0.2.3"),
        Plain(@"a\.b.hard.example.net", "A", 0, "192.0.2.3"),
        Plain(@"@.hard.example.net", "TXT", 60, "\"at\""),
        Plain(@"$include.hard.example.net", "TXT", 60, "\"dollar\""),
        Plain("\";()\\\\.hard.example.net", "TXT", 60, "\"all at once\""),
        Plain(@"\000\255\010.hard.example.net", "TXT", 60, "\"bytes\""),
        Plain("in.hard.example.net", "TXT", 60, "\"a name like a class\""),
        Plain("3600.hard.example.net", "TXT", 60, "\"a name like a TTL\""),
        Plain("soa.hard.example.net", "A", 60, "192.0.2.9"),
        Plain(new string('x', 63) + ".hard.example.net", "TXT", 60, "\"long label\""),
        Plain("six.hard.example.net", "AAAA", 60, "2001:DB8:0:0::0001", "2001:db8::2"),
        Plain("www.hard.example.net", "CNAME", 60, "Lb.Example.com"),
        Plain("dotted.hard.example.net", "CNAME", 60, "lb.example.com."),
        Plain("odd.hard.example.net", "CNAME", 60, @"\052.example\100x.com."),
        Plain("_sip._tcp.hard.example.net", "SRV", 60, "1 10 5269 xmpp.example.com.", "2 0 0 ."),
        Plain("naptr.hard.example.net", "NAPTR", 60, "100 50 \"u\" \"E2U+sip\" \"!^(\\\\+44163296[0-9]+)$!sip:\\\\1@example.com!i\" ."),
        Plain("naptr2.hard.example.net", "NAPTR", 60, "100 50 \"s\" \"\" \"\" _sip._udp.example.com."),
        Plain("badnaptr.hard.example.net", "NAPTR", 60, "100 50 \"u\" \"x\" \"no-substitution\" ."),
        Plain("4.3.2.1.hard.example.net", "PTR", 60, "host.example.com."),
        Plain("sub.hard.example.net", "NS", 3600, "ns1.sub.hard.example.net.", "ns.elsewhere.example."),
        Plain("ns1.sub.hard.example.net", "A", 3600, "192.0.2.53"),
        Plain("sub.hard.example.net", "DS", 3600, "123 13 2 " + new string('A', 64), "124 8 1 " + new string('b', 40)),
        Plain("badds.hard.example.net", "DS", 3600, "123 4 2 1234"),
        Plain("ssh.hard.example.net", "SSHFP", 60, "4 2 " + new string('c', 64)),
        Plain("_443._tcp.hard.example.net", "TLSA", 60, "3 1 1 " + new string('0', 64)),
        Plain("https.hard.example.net", "HTTPS", 60, "1 . alpn=\"h2,h3\" port=8443 ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1", "0 alias.example.com."),
        Plain("svcb.hard.example.net", "SVCB", 60, "16 svc.example.com. mandatory=alpn,port alpn=h2 port=53 key65333=ex1 ech=\"YWJj\"", "1 x. alpn=\"a\\\\,b\" dohpath=\"/q{?dns}\""),
        Plain("newer.hard.example.net", "SVCB", 60, "1 . some-key=from-the-future"),
        Alias(Name, "A", "dualstack.lb-1.eu-west-1.elb.amazonaws.com.", "Z32O12XQLNTSW2", true),
        Alias(Name, "AAAA", "d111111abcdef8.cloudfront.net.", "Z2FDTNDATAQYW2", false),
        Routed("weighted", "A", "blue \"one\"", new() { Weight = 10 }, "192.0.2.1"),
        Routed("weighted", "A", "grün \\ \t;", new() { Weight = 200 }, "192.0.2.2", "192.0.2.3") with { HealthCheckId = "abcdef11-2222-3333-4444-555555fedcba" },
        Routed("weighted", "A", "off", new() { Weight = 0 }, "192.0.2.4"),
        Routed("weightedname", "CNAME", "a", new() { Weight = 1 }, "a.example.com"),
        Routed("weightedname", "CNAME", "b", new() { Weight = 1 }, "b.example.com"),
        Routed("latency", "AAAA", "eu", new() { Region = "eu-west-1" }, "2001:db8::1"),
        Routed("latency", "AAAA", "us", new() { Region = "us-east-1" }, "2001:db8::2"),
        Routed("failover", "A", "second", new() { Failover = "SECONDARY" }, "192.0.2.2"),
        Routed("failover", "A", "the-first", new() { Failover = "PRIMARY" }, "192.0.2.1") with { HealthCheckId = "hc-1" },
        Routed("multi", "A", "1", new() { MultiValueAnswer = true }, "192.0.2.1"),
        Routed("multi", "A", "2", new() { MultiValueAnswer = true }, "192.0.2.2"),
        Routed("geo", "A", "default", new() { GeoCountry = "*" }, "192.0.2.1"),
        Routed("geo", "A", "eu", new() { GeoContinent = "EU" }, "192.0.2.2"),
        Routed("geo", "A", "us-ca", new() { GeoCountry = "US", GeoSubdivision = "CA" }, "192.0.2.3"),
        Routed("cidr", "A", "office", new() { CidrCollectionId = "c8c02a84-aaaa-bbbb-e0d2-d833a2f80106", CidrLocation = "office" }, "192.0.2.1"),
        Routed("cidr", "A", "else", new() { CidrCollectionId = "c8c02a84-aaaa-bbbb-e0d2-d833a2f80106", CidrLocation = "*" }, "192.0.2.2"),
        Routed("near", "A", "place", new() { ProximityLatitude = "49.22", ProximityLongitude = "-74.01", ProximityBias = -10 }, "192.0.2.1"),
        Routed("near", "A", "region", new() { ProximityRegion = "eu-west-1" }, "192.0.2.2"),
        Alias("weightedalias.hard.example.net", "A", "weighted.hard.example.net.", "ZHARD", false) with { SetIdentifier = "x", Routing = new() { Weight = 1 } },
    ];

    private static DnsRecordSet Plain(string name, string type, long ttl, params string[] values) =>
        new() { Name = name, Type = type, Ttl = ttl, Values = values };

    private static DnsRecordSet Alias(string name, string type, string target, string zoneId, bool health) =>
        new() { Name = name, Type = type, AliasTarget = target, AliasZoneId = zoneId, EvaluateTargetHealth = health };

    private static DnsRecordSet Routed(string label, string type, string identifier, DnsRoutingPolicy routing, params string[] values) =>
        new() { Name = $"{label}.{Name}", Type = type, Ttl = 60, Values = values, SetIdentifier = identifier, Routing = routing };

    // A DKIM key does not fit one string of 255 bytes.
    private static string LongText() => $"\"{new string('k', 255)}\" \"\\\"{new string('m', 254)}\" \"end\"";
}
