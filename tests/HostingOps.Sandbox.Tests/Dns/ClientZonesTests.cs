using HostingOps.Engine.Dns.Wire;
using HostingOps.Sandbox.Dns;

namespace HostingOps.Sandbox.Tests.Dns;

/// <summary>The clients' side of the DNS in a rehearsal.</summary>
public sealed class ClientZonesTests
{
    private static readonly SiteHost Host = new() { Name = "do-1", Provider = "one", Address = "203.0.113.10" };

    private readonly ZoneLookup lookup = new(new ClientZones(
        new HostingInventory
        {
            Zone = "sites.example.net",
            Apex = new ApexSettings { ElasticIp = "198.51.100.99", Redirect = ApexRedirectSettings.Default with { WwwAliases = true } },
            Sites =
            [
                new HostedSite
                {
                    Name = "acme",
                    Domain = "acme-legal.example",
                    Aliases = ["acmelaw.example"],
                    Record = "acme.sites.example.net",
                    Zone = "sites.example.net",
                    Primary = Host,
                    Secondary = Host,
                },
            ],
        },
        new MemoryZone("sites.example.net").Set("acme.sites.example.net", "A", 60, "203.0.113.10")));

    [Theory]
    [InlineData("acme-legal.example", DnsRecordType.A, "198.51.100.99")]
    [InlineData("ACMELAW.example", DnsRecordType.A, "198.51.100.99")]
    [InlineData("www.acme-legal.example", DnsRecordType.CNAME, "acme.sites.example.net.")]
    [InlineData("www.acme-legal.example", DnsRecordType.A, "acme.sites.example.net.")]
    [InlineData("www.acmelaw.example", DnsRecordType.A, "acmelaw.example.")]
    [InlineData("acme-legal.example", DnsRecordType.NS, "ns1.client-dns.example.")]
    [InlineData("acme.sites.example.net", DnsRecordType.A, "203.0.113.10")]
    [InlineData("ns1.client-dns.example", DnsRecordType.A, "127.0.0.1")]
    [InlineData(".", DnsRecordType.NS, "ns1.client-dns.example.")]
    public void Leads_where_it_should(string name, DnsRecordType type, string first)
    {
        var answer = lookup.Ask(new DnsQuestion(DnsName.Parse(name), type));

        Assert.Equal((DnsResponseCode.NoError, true), (answer.ResponseCode, answer.IsAuthoritative));
        Assert.Equal(first, answer.Answers[0].Data.ToString());
    }

    [Theory]
    [InlineData("acme-legal.example", DnsRecordType.AAAA, DnsResponseCode.NoError)]
    [InlineData("example", DnsRecordType.NS, DnsResponseCode.NoError)]
    [InlineData("client-dns.example", DnsRecordType.NS, DnsResponseCode.NoError)]
    [InlineData("mail.acme-legal.example", DnsRecordType.A, DnsResponseCode.NameError)]
    [InlineData("somebody.example", DnsRecordType.A, DnsResponseCode.NameError)]
    public void Has_nothing_else(string name, DnsRecordType type, DnsResponseCode code)
    {
        var answer = lookup.Ask(new DnsQuestion(DnsName.Parse(name), type));

        Assert.Equal(code, answer.ResponseCode);
        Assert.Empty(answer.Answers);
    }
}
