using System.Net;
using HostingOps.Sandbox.Tests.World;
using static HostingOps.Sandbox.Tests.Route53.RawRoute53;

namespace HostingOps.Sandbox.Tests.Route53;

public sealed class Refused_batches_change_nothing : IAsyncLifetime
{
    private const string Weighted = "<SetIdentifier>one</SetIdentifier><Weight>10</Weight>";

    private RehearsalSandbox sandbox = null!;
    private RawRoute53 route53 = null!;

    public async Task InitializeAsync()
    {
        sandbox = await QuickSandbox.StartAsync();
        route53 = new RawRoute53(sandbox.EndpointUrl, sandbox.ZoneId);
    }

    public async Task DisposeAsync()
    {
        route53.Dispose();
        await sandbox.DisposeAsync();
    }

    public static TheoryData<string, string, string[]> Batches => new()
    {
        {
            "a DELETE with another value", "Tried to delete resource record set [name='acme.sites.example.net.', type='A'] but the values provided do not match the current values",
            [Change("DELETE", "acme.sites.example.net", "A", "203.0.113.99")]
        },
        {
            "a DELETE with another TTL", "but the values provided do not match the current values",
            [Change("DELETE", "acme.sites.example.net", "A", "203.0.113.10", 61)]
        },
        {
            "a DELETE with one value too many", "but the values provided do not match the current values",
            [Change("DELETE", "acme.sites.example.net", "A", "203.0.113.10|203.0.113.11")]
        },
        {
            "a DELETE of nothing", "Tried to delete resource record set [name='none.sites.example.net.', type='A'] but it was not found",
            [Change("DELETE", "none.sites.example.net", "A", "203.0.113.10")]
        },
        {
            "a DELETE with a set identifier that is not there", "set-identifier='one'] but it was not found",
            [Change("DELETE", "acme.sites.example.net", "A", "203.0.113.10", 60, Weighted)]
        },
        {
            "a CREATE of what exists", "Tried to create resource record set [name='acme.sites.example.net.', type='A'] but it already exists",
            [Change("CREATE", "ACME.sites.example.net.", "A", "203.0.113.99")]
        },
        {
            "the same set created twice", "The request contains an invalid set of changes for a resource record set 'A new.sites.example.net.'",
            [Change("CREATE", "new.sites.example.net", "A", "192.0.2.1"), Change("CREATE", "new.sites.example.net", "A", "192.0.2.2")]
        },
        {
            "the same set upserted and deleted", "The request contains an invalid set of changes",
            [Change("UPSERT", "acme.sites.example.net", "A", "192.0.2.1"), Change("DELETE", "acme.sites.example.net", "A", "203.0.113.10")]
        },
        {
            "a CNAME at the apex", "RRSet of type CNAME with DNS name sites.example.net. is not permitted at apex in zone sites.example.net.",
            [Change("CREATE", "sites.example.net", "CNAME", "other.example")]
        },
        {
            "a CNAME beside an A", "RRSet of type CNAME with DNS name acme.sites.example.net. is not permitted as it conflicts with other records",
            [Change("CREATE", "acme.sites.example.net", "CNAME", "other.example")]
        },
        {
            "an A beside a CNAME", "RRSet of type A with DNS name cafe.sites.example.net. is not permitted because a conflicting RRSet of type CNAME",
            [Change("CREATE", "cafe.sites.example.net", "A", "192.0.2.1")]
        },
        {
            "a CNAME with two values", "is not permitted to have more than one record",
            [Change("CREATE", "new.sites.example.net", "CNAME", "a.example|b.example")]
        },
        {
            "a CNAME that leads to itself", "creates a CNAME or alias loop",
            [Change("CREATE", "x.sites.example.net", "CNAME", "y.sites.example.net"), Change("CREATE", "y.sites.example.net", "CNAME", "x.sites.example.net.")]
        },
        {
            "no SOA", "A HostedZone must contain exactly one SOA record.",
            [Change("DELETE", "sites.example.net", "SOA", "ns-1.hostingops-sandbox.test. hostmaster.hostingops-sandbox.test. 1 7200 900 1209600 60", 900)]
        },
        {
            "no NS at the apex", "A HostedZone must contain at least one NS record for the zone itself.",
            [Change("DELETE", "sites.example.net", "NS", string.Join('|', Enumerable.Range(1, 4).Select(n => $"ns-{n}.hostingops-sandbox.test.")), 172800)]
        },
        {
            "a name outside the zone", "RRSet with DNS name www.acme.example. is not permitted in zone sites.example.net.",
            [Change("CREATE", "www.acme.example", "A", "192.0.2.1")]
        },
        {
            "a name that only ends like the zone", "is not permitted in zone",
            [Change("CREATE", "notsites.example.net", "A", "192.0.2.1")]
        },
        { "no address", "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with '192.0.2.256'", [Change("CREATE", "new.sites.example.net", "A", "192.0.2.256")] },
        { "an octal address", "ARRDATAIllegalIPv4Address", [Change("CREATE", "new.sites.example.net", "A", "192.0.2.010")] },
        { "an address in two fields", "ARRDATANotSingleField (Value contains spaces)", [Change("CREATE", "new.sites.example.net", "A", "192.0.2.1 192.0.2.2")] },
        { "an A in AAAA", "AAAARRDATAIllegalIPv6Address", [Change("CREATE", "new.sites.example.net", "AAAA", "192.0.2.1")] },
        { "a TXT without quotes", "InvalidCharacterString (Value should be enclosed in quotation marks)", [Change("CREATE", "new.sites.example.net", "TXT", "hello world")] },
        { "a TXT with an open quote", "InvalidCharacterString", [Change("CREATE", "new.sites.example.net", "TXT", "\"hello")] },
        { "a TXT string of 256 bytes", "CharacterStringTooLong", [Change("CREATE", "new.sites.example.net", "TXT", $"\"{new string('x', 256)}\"")] },
        { "a MX without preference", "MXRRDATA", [Change("CREATE", "new.sites.example.net", "MX", "mail.example")] },
        { "a SRV with a port too high", "SRVRRDATAIllegalNumber", [Change("CREATE", "new.sites.example.net", "SRV", "1 1 65536 host.example")] },
        { "a CAA without tag", "CAARRDATA", [Change("CREATE", "new.sites.example.net", "CAA", "0 \"letsencrypt.org\"")] },
        { "the same value twice", "Duplicate Resource Record: '192.0.2.1'", [Change("CREATE", "new.sites.example.net", "A", "192.0.2.1|192.0.2.1")] },
        { "401 values", "Cannot have more than 400 records in a RRSet.", [Change("CREATE", "new.sites.example.net", "A", string.Join('|', Enumerable.Range(0, 401).Select(n => $"10.0.{n / 250}.{n % 250}")))] },
        { "a label of 64 bytes", "DomainLabelTooLong (Domain label is too long)", [Change("CREATE", new string('a', 64) + ".sites.example.net", "A", "192.0.2.1")] },
        { "a name over 255 bytes", "DomainNameTooLong", [Change("CREATE", string.Concat(Enumerable.Repeat(new string('a', 50) + ".", 5)) + "sites.example.net", "A", "192.0.2.1")] },
        { "an empty label", "DomainLabelEmpty (Domain label is empty)", [Change("CREATE", "a..sites.example.net", "A", "192.0.2.1")] },
        {
            "a weighted set beside a simple one", "SetIdentifier one cannot be created as a non-weighted set exists with the same name and type.",
            [Change("CREATE", "acme.sites.example.net", "A", "192.0.2.1", 60, Weighted)]
        },
        {
            "two primaries", "cannot be created as another failover set",
            [
                Change("CREATE", "f.sites.example.net", "A", "192.0.2.1", 60, "<SetIdentifier>1</SetIdentifier><Failover>PRIMARY</Failover>"),
                Change("CREATE", "f.sites.example.net", "A", "192.0.2.2", 60, "<SetIdentifier>2</SetIdentifier><Failover>PRIMARY</Failover>"),
            ]
        },
        {
            "1,001 records", "Number of records limit of 1000 exceeded.",
            Enumerable.Range(0, 1001).Select(n => Change("CREATE", $"n{n}.sites.example.net", "A", "192.0.2.1")).ToArray()
        },
        {
            "501 upserted records", "Number of records limit of 1000 exceeded.",
            Enumerable.Range(0, 501).Select(n => Change("UPSERT", $"n{n}.sites.example.net", "A", "192.0.2.1")).ToArray()
        },
        {
            "32,001 characters", "RDATA character limit of 32000 exceeded.",
            Enumerable.Range(0, 128).Select(n => Change("CREATE", $"n{n}.sites.example.net", "TXT", $"\"{new string('x', 249)}\"")).ToArray()
        },
    };

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task Each_is_InvalidChangeBatch_with_the_reason_and_the_zone_is_as_before(string what, string reason, string[] changes)
    {
        var before = await route53.ListAsync();
        // One good change rides along in each batch, to show that nothing of a refused batch is applied.
        var (status, body) = await route53.ChangeAsync([.. changes, .. changes.Length > 100 ? [] : new[] { Change("CREATE", "rider.sites.example.net", "A", "192.0.2.77") }]);
        Assert.True(status == HttpStatusCode.BadRequest, what + ": " + body);
        Assert.Equal("InvalidChangeBatch", Text(body, "Code"));
        Assert.Equal("Sender", Text(body, "Type"));
        Assert.Contains(reason, Text(body, "Message"));
        Assert.StartsWith("[", Text(body, "Message"));
        var after = await route53.ListAsync();
        Assert.Equal(before.Body.ToString(), after.Body.ToString());
    }

    public static TheoryData<string, string> BrokenInput => new()
    {
        { "Member must have value greater than or equal to 0", Change("CREATE", "new.sites.example.net", "A", "192.0.2.1", -1) },
        { "Member must have value less than or equal to 2147483647", Change("CREATE", "new.sites.example.net", "A", "192.0.2.1", 2147483648) },
        { "but found none in Change with [Action=CREATE, Name=new.sites.example.net, Type=A, SetIdentifier=null]", Change("CREATE", "new.sites.example.net", "A", null) },
        { "but found none", Change("CREATE", "new.sites.example.net", "A", "192.0.2.1", null) },
        { "Member must satisfy enum value set: [CREATE, DELETE, UPSERT]", Change("REPLACE", "new.sites.example.net", "A", "192.0.2.1") },
        { "Member must satisfy enum value set: [SOA, A,", Change("CREATE", "new.sites.example.net", "AXFR", "192.0.2.1") },
        { "Missing field 'SetIdentifier'", Change("CREATE", "new.sites.example.net", "A", "192.0.2.1", 60, "<Weight>1</Weight>") },
        { "Expected exactly one of [Weight,", Change("CREATE", "new.sites.example.net", "A", "192.0.2.1", 60, "<SetIdentifier>x</SetIdentifier>") },
        { "Member must have value less than or equal to 255", Change("CREATE", "new.sites.example.net", "A", "192.0.2.1", 60, "<SetIdentifier>x</SetIdentifier><Weight>256</Weight>") },
        { "the element 'Colour' is not expected", Change("CREATE", "new.sites.example.net", "A", "192.0.2.1", 60, "<Colour>red</Colour>") },
    };

    [Theory]
    [MemberData(nameof(BrokenInput))]
    public async Task What_breaks_the_API_s_model_is_InvalidInput(string reason, string change)
    {
        var (status, body) = await route53.ChangeAsync(change);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("InvalidInput", Text(body, "Code"));
        Assert.Contains(reason, Text(body, "Message"));
    }

    [Fact]
    public async Task All_messages_of_a_batch_come_at_once()
    {
        var (_, body) = await route53.ChangeAsync(
            Change("DELETE", "acme.sites.example.net", "A", "192.0.2.99"),
            Change("DELETE", "gone.sites.example.net", "A", "192.0.2.99"),
            Change("CREATE", "bakery.sites.example.net", "A", "192.0.2.99"));
        Assert.Equal(
            "[Tried to delete resource record set [name='acme.sites.example.net.', type='A'] but the values provided do not match the current values, "
                + "Tried to delete resource record set [name='gone.sites.example.net.', type='A'] but it was not found, "
                + "Tried to create resource record set [name='bakery.sites.example.net.', type='A'] but it already exists]",
            Text(body, "Message"));
    }

    [Fact]
    public async Task Batches_at_the_limits_are_taken()
    {
        Assert.Equal(HttpStatusCode.OK, (await route53.ChangeAsync(
            Enumerable.Range(0, 1000).Select(n => Change("CREATE", $"n{n}.sites.example.net", "A", "192.0.2.1")).ToArray())).Status);
        Assert.Equal(HttpStatusCode.OK, (await route53.ChangeAsync(
            Enumerable.Range(0, 500).Select(n => Change("UPSERT", $"n{n}.sites.example.net", "A", "192.0.2.2")).ToArray())).Status);
        Assert.Equal(HttpStatusCode.OK, (await route53.ChangeAsync(
            Enumerable.Range(0, 128).Select(n => Change("CREATE", $"t{n}.sites.example.net", "TXT", $"\"{new string('x', 248)}\"")).ToArray())).Status);
    }

    [Fact]
    public async Task Types_change_places_within_one_batch()
    {
        var (status, body) = await route53.ChangeAsync(
            Change("CREATE", "acme.sites.example.net", "CNAME", "spare.example"),
            Change("DELETE", "acme.sites.example.net", "A", "203.0.113.10"),
            Change("DELETE", "acme.sites.example.net", "AAAA", "2001:db8::10"));
        Assert.True(status == HttpStatusCode.OK, body.ToString());
    }
}
