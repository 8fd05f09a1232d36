using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Dns.Audit;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>The mail for a client's IT department.</summary>
public sealed class SiteDnsMessageTests
{
    [Fact]
    public async Task Everything_that_is_asked_for_is_in_one_mail_with_its_records_ready_to_copy()
    {
        var internet = new FakeInternet();
        internet.Acme.Remove("www").Add("www 300 A 203.0.113.10").Remove("@", "A").Add("@ 60 A 192.0.2.200", "@ 60 CAA 0 issue \"other.example\"");

        var message = SiteDnsMessages.For(await internet.AuditAsync())!;

        Assert.Equal("DNS of acme.example: 3 changes we ask you for", message.Subject);
        Assert.Equal(3, message.RequestCount);
        Assert.StartsWith("Hello,\n\nwe look after the website www.acme.example. On 2026-03-01 at 12:00 UTC", message.Body);
        Assert.Contains("\n1. Please remove the address records (A and AAAA) of www.acme.example,", message.Body);
        Assert.Contains("\n       www.acme.example.  3600  IN  CNAME  acme.sites.example.net.\n", message.Body);
        Assert.Contains("\n       acme.example.  3600  IN  A  198.51.100.99\n", message.Body);
        Assert.Contains("\n       acme.example.  3600  IN  CAA  0 issue \"letsencrypt.org\"\n", message.Body);
        Assert.Contains("\n   What we saw: www.acme.example has the address 203.0.113.10 itself,", message.Body);
        Assert.Contains("ns1.hoster.example (192.0.2.11)", message.Body);
        Assert.DoesNotContain("HostingOps", message.Body);
        Assert.DoesNotContain("Elastic", message.Body);
        Assert.DoesNotContain("inventory", message.Body);
    }

    [Fact]
    public async Task Who_has_nothing_to_do_gets_no_mail()
    {
        var internet = new FakeInternet();
        Assert.Null(SiteDnsMessages.For(await internet.AuditAsync()));

        internet.Sites.Remove("acme");
        Assert.Null(SiteDnsMessages.For(await internet.AuditAsync()));
    }

    [Fact]
    public void What_is_asked_for_twice_is_asked_for_once()
    {
        var audit = Audit([("Please do it.", "First."), ("Please do it.", "Second."), ("Please do that.", "Third.")]);

        var message = SiteDnsMessages.For(audit)!;

        Assert.Equal(2, message.RequestCount);
        Assert.Equal(2, message.Body.Split("Please do").Length - 1);
        Assert.Contains("Second.", message.Body);
    }

    [Fact]
    public void Lines_stay_short_but_for_records_and_no_word_is_lost() =>
        Prop.ForAll((NonEmptyArray<NonEmptyString> words) => CheckLines(words)).QuickCheckThrowOnFailure();

    private static void CheckLines(NonEmptyArray<NonEmptyString> words)
    {
        var text = string.Join(' ', words.Get.Select(static word => string.Concat(word.Get.Where(char.IsAsciiLetterOrDigit).Take(60))).Where(static word => word.Length > 0).Append("end"));
        var record = new string('x', 100) + "  IN  A  192.0.2.1";

        var body = SiteDnsMessages.For(Audit([($"{text}\n\n    {record}", text)]))!.Body;

        Assert.Contains(record + "\n", body);
        Assert.All(body.Split('\n').Where(line => !line.Contains(record)), static line => Assert.InRange(line.Length, 0, 72));
        Assert.Equal(text, string.Join(' ', body.Split("1. ")[1].Split(record)[0].Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)));
    }

    private static SiteDnsAudit Audit(IReadOnlyList<(string Request, string Seen)> findings) => new()
    {
        SiteName = "acme",
        Domain = "acme.example",
        Record = "acme.sites.example.net",
        Status = SiteDnsStatus.Failed,
        CheckedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Findings = findings.Select(static finding => new SiteDnsFinding
        {
            Code = SiteDnsFindingCode.WwwMissing,
            Severity = SiteDnsSeverity.Error,
            Name = "acme.example",
            Seen = finding.Seen,
            Expected = "",
            Request = finding.Request,
        }).ToList(),
    };
}
