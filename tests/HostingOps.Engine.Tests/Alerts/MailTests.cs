using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.Alerts.AlertWorld;

namespace HostingOps.Engine.Tests.Alerts;

public sealed class MailTests : IDisposable
{
    private readonly AlertWorld world = new();
    private readonly MailReceiver mail = new();

    public void Dispose()
    {
        mail.Dispose();
        world.Dispose();
    }

    [Fact]
    public async Task A_mail_is_plain_text_to_all_with_the_command_and_the_mails_of_an_incident_are_one_thread()
    {
        var channel = Channel(to: ["ops@example.net", "boss@example.net"]);
        await SendAsync(channel, Alert("Größe: do-1 is down"), "KEY1");
        await SendAsync(channel, Alert("Over: do-1", AlertEvent.Recovered), "KEY2");
        await SendAsync(channel, Alert("other", incident: "02"), "KEY3");
        await SendAsync(channel, Alert("Größe: do-1 is down"), "KEY1");
        var mails = mail.Mails.Select(Parsed).ToList();

        Assert.Contains("RCPT TO:<ops@example.net>", mail.Lines.Select(static line => line.Line));
        Assert.Contains("RCPT TO:<boss@example.net>", mail.Lines.Select(static line => line.Line));
        Assert.Equal("\"HostingOps\" <hosting@example.net>", mails[0].Headers["From"].Replace("HostingOps <", "\"HostingOps\" <", StringComparison.Ordinal));
        Assert.StartsWith("[HostingOps] CRITICAL: Größe: do-1 is down", Decoded(mails[0].Headers["Subject"]), StringComparison.Ordinal);
        Assert.StartsWith("[HostingOps] RECOVERED: ", mails[1].Headers["Subject"], StringComparison.Ordinal);
        Assert.StartsWith("text/plain; charset=utf-8", mails[0].Headers["Content-Type"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("    Invoke-SiteFailover acme, bakery -InventoryPath '/etc/hosting.yml'", mails[0].Body.Replace("=\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(mails[0].Headers["References"], mails[1].Headers["References"]);
        Assert.Equal(mails[0].Headers["In-Reply-To"], mails[1].Headers["In-Reply-To"]);
        Assert.NotEqual(mails[0].Headers["References"], mails[2].Headers["References"]);
        Assert.Equal(3, mails.Select(static one => one.Headers["Message-ID"]).Distinct().Count());
        Assert.Equal(mails[0].Headers["Message-ID"], mails[3].Headers["Message-ID"]);
        Assert.Matches("^<[0-9a-f]{32}@example.net>$", mails[0].Headers["Message-ID"]);
        Assert.Equal("auto-generated", mails[0].Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task No_text_of_an_alert_becomes_a_header_or_ends_the_mail()
    {
        await SendAsync(
            Channel(),
            Alert("down\r\nBcc: thief@evil.example\r\n\r\nHello", incident: "02>\r\nX-Evil: 1") with { Text = "before\r\n.\r\nMAIL FROM:<thief@evil.example>\r\nafter" },
            "KEY\r\nX-Evil: 2");

        var only = Parsed(Assert.Single(mail.Mails));
        Assert.False(only.Headers.ContainsKey("Bcc") || only.Headers.ContainsKey("X-Evil"));
        Assert.Contains("after", only.Body, StringComparison.Ordinal);
        Assert.Single(mail.Lines, static line => line.Line.StartsWith("MAIL FROM", StringComparison.Ordinal));
        Assert.DoesNotContain(mail.Lines, static line => line.Line.StartsWith("RCPT", StringComparison.Ordinal) && line.Line.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_STARTTLS_the_server_gets_neither_mail_nor_password_unless_the_inventory_says_none()
    {
        world.Environment["SMTP_PASSWORD"] = "hunter2hunter2";
        var strict = Channel() with { Mail = Channel().Mail! with { Tls = MailTls.StartTls, User = "ops", Password = "${SMTP_PASSWORD}" } };

        var answer = await world.Room(strict).Sender.SendAsync(strict, Alert(), "KEY", default).WaitAsync(Eventually.Patience);

        Assert.False(answer.IsSent);
        Assert.Empty(mail.Mails);
        Assert.DoesNotContain(mail.Lines, static line => line.Line.StartsWith("MAIL", StringComparison.Ordinal) || line.Line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_nothing()
    {
        mail.OffersTls = true;
        world.Environment["SMTP_PASSWORD"] = "hunter2hunter2";
        var channel = Channel() with { Mail = Channel().Mail! with { Tls = MailTls.StartTls, User = "ops", Password = "${SMTP_PASSWORD}" } };

        var answer = await world.Room(channel).Sender.SendAsync(channel, Alert(), "KEY", default).WaitAsync(Eventually.Patience);

        Assert.Equal((false, false, "its certificate, or TLS, is refused"), (answer.IsSent, answer.IsFinal, answer.Text));
        Assert.Empty(mail.Mails);
        Assert.DoesNotContain(mail.Lines, static line => line.IsProtected);
    }

    [Fact]
    public async Task Through_STARTTLS_it_logs_in_with_what_the_environment_holds()
    {
        mail.OffersTls = true;
        world.Environment["SMTP_USER"] = "ops@example.net";
        world.Environment["SMTP_PASSWORD"] = "hunter2hunter2";
        var channel = Channel() with { Mail = Channel().Mail! with { Tls = MailTls.StartTls, User = "${SMTP_USER}", Password = "${SMTP_PASSWORD}" } };
        using var trust = new Trusting(mail.Certificate);

        await SendAsync(channel, Alert(), "KEY");

        Assert.Single(mail.Mails);
        var secret = Assert.Single(mail.Lines, static line => line.Line == Convert.ToBase64String(Encoding.ASCII.GetBytes("hunter2hunter2")));
        Assert.True(secret.IsProtected);
        Assert.All(mail.Lines.Where(static line => !line.IsProtected), static line => Assert.True(line.Line.StartsWith("EHLO", StringComparison.Ordinal) || line.Line == "STARTTLS", line.Line));

        mail.Say = static line => line == "PASS" ? "535 5.7.8 no" : line.StartsWith("MAIL", StringComparison.Ordinal) ? "530 5.7.0 hunter2hunter2 is not the password" : null;
        var refused = await world.Room(channel).Sender.SendAsync(channel, Alert(), "KEY", default).WaitAsync(Eventually.Patience);
        Assert.False(refused.IsSent);
        Assert.DoesNotContain("hunter2", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RCPT", "550 no such user", true)]
    [InlineData("RCPT", "450 greylisted", false)]
    [InlineData("MAIL", "451 later", false)]
    [InlineData("MAIL", "553 not you", true)]
    [InlineData("DATA", "552 too much", true)]
    public async Task What_the_server_refuses_for_good_is_not_tried_again_and_what_passes_is(string verb, string said, bool isFinal)
    {
        mail.Say = line => line.StartsWith(verb, StringComparison.Ordinal) ? said : null;

        var answer = await world.Room(Channel()).Sender.SendAsync(Channel(), Alert(), "KEY", default).WaitAsync(Eventually.Patience);

        Assert.Equal((false, isFinal), (answer.IsSent, answer.IsFinal));
        Assert.Contains(said[..3], answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_one_of_several_is_refused_the_others_do_not_get_it_twice()
    {
        mail.Say = static line => line.Contains("<gone@", StringComparison.Ordinal) ? "550 no such user" : null;

        var answer = await world.Room().Sender.SendAsync(Channel(to: ["ops@example.net", "gone@example.net"]), Alert(), "KEY", default).WaitAsync(Eventually.Patience);

        Assert.True(answer.IsSent);
        Assert.StartsWith("taken for 1 of 2 recipients", answer.Text, StringComparison.Ordinal);
        Assert.Single(mail.Mails);
    }

    [Fact]
    public async Task A_server_that_says_nothing_or_is_not_there_is_given_up_in_time()
    {
        mail.IsSilent = true;
        var sending = world.Room().Sender.SendAsync(Channel(), Alert(), "KEY", default).WaitAsync(Eventually.Patience);
        Assert.True(await mail.Connected.WaitAsync(TimeSpan.FromSeconds(30)));
        world.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("it gave no answer within 30 s", (await sending.WaitAsync(Eventually.Patience)).Text);

        mail.Dispose();
        var refused = await world.Room().Sender.SendAsync(Channel(), Alert(), "KEY", default).WaitAsync(Eventually.Patience);
        Assert.Equal((false, false, "it can't be reached (ConnectionRefused)"), (refused.IsSent, refused.IsFinal, refused.Text));
    }

    private NotificationChannel Channel(string[]? to = null) => new()
    {
        Mail = new MailSettings { To = to ?? ["ops@example.net"], From = "HostingOps <hosting@example.net>", Server = mail.Server, Tls = MailTls.None },
        On = ["down", "recovered"],
    };

    private async Task SendAsync(NotificationChannel channel, HostingAlert alert, string key)
    {
        var answer = await world.Room(channel).Sender.SendAsync(channel, alert, key, default).WaitAsync(Eventually.Patience);
        Assert.True(answer.IsSent, answer.Text);
    }

    private static (Dictionary<string, string> Headers, string Body) Parsed(string mail)
    {
        var end = mail.IndexOf("\n\n", StringComparison.Ordinal);
        var headers = mail[..end].Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal).Split('\n')
            .ToDictionary(static line => line[..line.IndexOf(':')], static line => line[(line.IndexOf(':') + 1)..].Trim(), StringComparer.OrdinalIgnoreCase);
        return (headers, mail[(end + 2)..]);
    }

    // RFC 2047, as far as it is used here.
    private static string Decoded(string header) => string.Concat(
        header.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2]))));

    // The certificate of this test and no other is trusted besides the machine's.
    private sealed class Trusting : IDisposable
    {
        public Trusting(X509Certificate2 certificate)
        {
#pragma warning disable SYSLIB0014 // SmtpClient has no other place for it.
            var hash = certificate.GetCertHashString();
            ServicePointManager.ServerCertificateValidationCallback = (_, shown, _, errors) => errors == System.Net.Security.SslPolicyErrors.None || shown?.GetCertHashString() == hash;
        }

        public void Dispose() => ServicePointManager.ServerCertificateValidationCallback = null;
#pragma warning restore SYSLIB0014
    }
}
