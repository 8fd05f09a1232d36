using System.Buffers.Binary;
using System.Security.Cryptography;
using HostingOps.Engine.Dns.Audit.Views;
using HostingOps.Engine.Dns.Wire;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>Signed zones: keys that fit, signatures with dates, and what resolvers say.</summary>
public sealed class DnssecTests
{
    private static readonly byte[] Key = [1, 1, 3, 13, .. Enumerable.Range(0, 64).Select(static number => (byte)number)];

    private readonly FakeInternet internet = new();

    [Theory]
    [InlineData(1, "2BB183AF5F22588179A53B0A98631FAD1A292118")]
    [InlineData(2, "D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A")]
    public void A_DS_record_fits_its_key_as_the_RFCs_examples_do(byte digestType, string digest)
    {
        // RFC 4034 §5.4 and RFC 4509 §2.3.
        byte[] key = [1, 0, 3, 5, .. Convert.FromBase64String("AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==")];
        var signer = new DelegationSigner(60485, 5, digestType, Convert.FromHexString(digest));

        Assert.Equal(60485, DelegationSigner.TagOf(key));
        Assert.True(signer.Fits(DnsName.Parse("DSKEY.example.com"), key));
        Assert.False(signer.Fits(DnsName.Parse("other.example.com"), key));
        Assert.False((signer with { Algorithm = 8 }).Fits(DnsName.Parse("dskey.example.com"), key));
        Assert.False((signer with { KeyTag = 1 }).Fits(DnsName.Parse("dskey.example.com"), key));
        Assert.False(signer.Fits(DnsName.Parse("dskey.example.com"), [.. key[..^1], (byte)(key[^1] ^ 1)]));
        Assert.False(signer.Fits(DnsName.Parse("dskey.example.com"), []));
    }

    [Fact]
    public async Task A_signed_zone_with_fitting_keys_and_fresh_signatures_passes()
    {
        Sign(internet.Acme, internet.Now.AddDays(-1), internet.Now.AddDays(20));
        Vouch(Key);

        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }

    [Fact]
    public async Task A_DS_record_that_fits_no_key_breaks_the_domain()
    {
        Sign(internet.Acme, internet.Now.AddDays(-1), internet.Now.AddDays(20));
        Vouch([.. Key[..^1], 0xFF]);

        var finding = AuditAssert.Only(await internet.AuditAsync(), DnssecKeyMismatch, SiteDnsSeverity.Error);

        Assert.Contains($"the zone has {DelegationSigner.TagOf(Key)}", finding.Seen);
        Assert.Contains("DS records of acme.example", finding.Request);
    }

    [Fact]
    public async Task One_fitting_DS_record_among_several_is_enough()
    {
        Sign(internet.Acme, internet.Now.AddDays(-1), internet.Now.AddDays(20));
        Vouch([.. Key[..^1], 0xFF]);
        Vouch(Key);

        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }

    [Fact]
    public async Task A_digest_of_a_kind_that_is_not_known_is_not_judged()
    {
        Sign(internet.Acme, internet.Now.AddDays(-1), internet.Now.AddDays(20));
        internet.Example.Add($"acme 60 DS 1 13 9 AABBCC");

        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }

    [Fact]
    public async Task A_zone_that_is_not_signed_any_more_and_a_registry_that_does_not_know()
    {
        Vouch(Key);

        Assert.Contains("the zone has no keys", AuditAssert.Only(await internet.AuditAsync(), DnssecKeyMismatch, SiteDnsSeverity.Error).Seen);
    }

    [Fact]
    public async Task One_server_without_signatures()
    {
        var bare = internet.Acme.Copy();
        Sign(internet.Acme, internet.Now.AddDays(-1), internet.Now.AddDays(20));
        Vouch(Key);
        bare.Add(KeyRecord());
        internet.Serve(bare, FakeInternet.Hoster[1]);

        Assert.Equal(["ns2.hoster.example (192.0.2.12)"], AuditAssert.Only(await internet.AuditAsync(), DnssecUnsigned, SiteDnsSeverity.Error).SeenFrom);
    }

    [Theory]
    [InlineData(-30, -1, DnssecExpired, SiteDnsSeverity.Error, "expired on 2026-02-28 12:00 UTC")]
    [InlineData(1, 30, DnssecExpired, SiteDnsSeverity.Error, "is valid from 2026-03-02 12:00 UTC only")]
    [InlineData(-30, 2, DnssecExpiring, SiteDnsSeverity.Warning, "expires on 2026-03-03 12:00 UTC, within 3 days")]
    public async Task Signatures_have_dates(int from, int to, SiteDnsFindingCode code, SiteDnsSeverity severity, string says)
    {
        Sign(internet.Acme, internet.Now.AddDays(from), internet.Now.AddDays(to));
        Vouch(Key);

        var finding = AuditAssert.Only(await internet.AuditAsync(), code, severity);

        Assert.Contains(says, finding.Seen);
        Assert.Contains("signatures of acme.example renewed", finding.Request);
    }

    [Fact]
    public async Task While_a_key_is_replaced_one_signature_that_holds_is_enough()
    {
        Sign(internet.Acme, internet.Now.AddDays(-30), internet.Now.AddDays(-1));
        Sign(internet.Acme, internet.Now.AddDays(-1), internet.Now.AddDays(30));
        Vouch(Key);

        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }

    [Fact]
    public async Task Signatures_of_a_zone_that_nobody_vouches_for_do_not_matter()
    {
        Sign(internet.Acme, internet.Now.AddDays(-30), internet.Now.AddDays(-1));

        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }

    [Fact]
    public async Task A_resolver_that_answers_only_without_checking_says_that_DNSSEC_is_broken()
    {
        internet.Misbehave(FakeInternet.Resolver, (ask, query) => ask.CheckingDisabled ? internet.Recurse(ask, query) : FakeInternet.Reply(query) with
        {
            ResponseCode = DnsResponseCode.ServerFailure,
            Edns = new DnsEdns { Options = [new DnsEdnsOption(15, new byte[] { 0, 7 }.Concat("signature\nover\u202E"u8.ToArray()).ToArray())] },
        });

        var audit = await internet.AuditAsync();

        Assert.Equal([(DnssecBroken, "www.acme.example"), (DnssecBroken, "acme.example")], audit.Findings.Select(static finding => (finding.Code, finding.Name)));
        Assert.Contains("192.0.2.81 fails (SERVFAIL) (signature expired: signature over)", audit.Findings[0].Seen);
        Assert.Contains("DNSSEC of acme.example", audit.Findings[0].Request);
        Assert.Equal([FakeInternet.Resolver], audit.Findings[0].SeenFrom);
    }

    [Theory]
    [InlineData(null)]
    [InlineData((byte)23)]
    public async Task A_failure_that_has_passed_at_the_repeat_says_nothing_of_DNSSEC_where_nothing_is_signed(byte? extended)
    {
        FailUnlessUnchecked(extended);

        var audit = await internet.AuditAsync();

        Assert.Equal(["www.acme.example", "acme.example"], audit.Findings.Select(static finding => finding.Name).OrderDescending());
        Assert.All(audit.Findings, static finding => Assert.Equal((ResolverFails, SiteDnsSeverity.Warning, null), (finding.Code, finding.Severity, finding.Request)));
    }

    [Fact]
    public async Task The_same_failure_counts_where_the_zone_is_signed()
    {
        Sign(internet.Acme, internet.Now.AddDays(-1), internet.Now.AddDays(20));
        Vouch(Key);
        FailUnlessUnchecked(null);

        Assert.All((await internet.AuditAsync()).Findings, static finding => Assert.Equal((DnssecBroken, SiteDnsSeverity.Error), (finding.Code, finding.Severity)));
    }

    [Fact]
    public async Task A_resolver_that_fails_for_IPv6_alone_fails()
    {
        internet.Apex = internet.Apex! with { ElasticIpV6 = "2001:db8::99" };
        internet.Acme.Add("@ 60 AAAA 2001:db8::99");
        internet.Misbehave(FakeInternet.Resolver, (ask, query) => ask.Question.Type == DnsRecordType.AAAA
            ? FakeInternet.Reply(query) with { ResponseCode = DnsResponseCode.ServerFailure }
            : internet.Recurse(ask, query));

        Assert.Equal("acme.example", AuditAssert.Only(await internet.AuditAsync(), ResolverFails, SiteDnsSeverity.Warning).Name);
    }

    [Fact]
    public async Task A_resolver_that_fails_either_way_says_nothing_of_DNSSEC()
    {
        internet.Misbehave(FakeInternet.Resolver, static (_, query) => FakeInternet.Reply(query) with { ResponseCode = DnsResponseCode.ServerFailure });

        var audit = await internet.AuditAsync();

        Assert.All(audit.Findings, static finding => Assert.Equal((ResolverFails, SiteDnsSeverity.Warning, null), (finding.Code, finding.Severity, finding.Request)));
    }

    [Fact]
    public void A_key_or_signature_that_is_cut_short_is_none()
    {
        var name = DnsName.Parse("acme.example");
        foreach (var length in Enumerable.Range(0, 19))
        {
            Assert.Null(RecordSignature.Read(new DnsResourceRecord(name, 60, DnsRecordData.FromBytes(DnsRecordType.RRSIG, new byte[length]))));
        }
    }

    // What a signer does to a zone: a key, and for each record set a signature; nothing here is verified.
    private static void Sign(FakeZone zone, DateTimeOffset inception, DateTimeOffset expiration)
    {
        zone.Add(KeyRecord());
        foreach (var (owner, type) in new[] { ("acme.example", DnsRecordType.SOA), ("acme.example", DnsRecordType.A), ("acme.example", DnsRecordType.DNSKEY), ("www.acme.example", DnsRecordType.CNAME) })
        {
            var bytes = new byte[20];
            BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)type);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), (uint)expiration.ToUnixTimeSeconds());
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), (uint)inception.ToUnixTimeSeconds());
            zone.Add(new DnsResourceRecord(DnsName.Parse(owner), 60, DnsRecordData.FromBytes(DnsRecordType.RRSIG, bytes)));
        }
    }

    private void FailUnlessUnchecked(byte? extended) =>
        internet.Misbehave(FakeInternet.Resolver, (ask, query) => ask.CheckingDisabled ? internet.Recurse(ask, query) : FakeInternet.Reply(query) with
        {
            ResponseCode = DnsResponseCode.ServerFailure,
            Edns = new DnsEdns { Options = extended is { } code ? [new DnsEdnsOption(15, new byte[] { 0, code })] : [] },
        });

    private static DnsResourceRecord KeyRecord() => new(DnsName.Parse("acme.example"), 60, DnsRecordData.FromBytes(DnsRecordType.DNSKEY, Key));

    private void Vouch(byte[] key)
    {
        var digest = Convert.ToHexString(SHA256.HashData([.. DnsName.Parse("acme.example").Wire, .. key]));
        internet.Example.Add($"acme 60 DS {DelegationSigner.TagOf(key)} 13 2 {digest}");
    }
}
