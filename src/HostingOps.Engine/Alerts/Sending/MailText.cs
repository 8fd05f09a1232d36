using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;

namespace HostingOps.Engine.Alerts.Sending;

/// <summary>An alert as a mail: plain text, in one thread with all that is told of its incident (RFC 5322 §3.6.4).</summary>
internal static class MailText
{
    private const int MostSubject = 150;

    /// <summary>The mail.</summary>
    /// <param name="mail">Who gets it, and from whom.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="key">The same for each try, so that a mail that was taken twice has one Message-ID.</param>
    public static MailMessage Write(MailSettings mail, HostingAlert alert, string key)
    {
        var message = new MailMessage
        {
            From = new MailAddress(mail.From),
            Subject = AlertText.Fit($"[HostingOps] {Word(alert)}: {AlertText.Line(alert.Title)}", MostSubject),
            SubjectEncoding = Encoding.UTF8,
            Body = Body(alert).ReplaceLineEndings("\r\n"),
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = System.Net.Mime.TransferEncoding.QuotedPrintable,
            Priority = alert is { Severity: AlertSeverity.Critical, Event: not AlertEvent.Recovered } ? MailPriority.High : MailPriority.Normal,
        };
        foreach (var to in mail.To)
        {
            message.To.Add(new MailAddress(to));
        }

        var thread = Id("incident-" + alert.IncidentId, message.From);
        message.Headers.Add("Message-ID", Id(key, message.From));
        message.Headers.Add("In-Reply-To", thread);
        message.Headers.Add("References", thread);
        // RFC 3834: no vacation notices back, please.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static string Body(HostingAlert alert)
    {
        var body = new StringBuilder(AlertText.Lines(alert.Text)).Append('\n');
        if (alert.Sites.Count > 0)
        {
            body.Append("\nSites: ").Append(AlertText.Names(alert.Sites, 200)).Append('\n');
        }

        if (alert.Command is { } command)
        {
            body.Append("\nTo be done by hand:\n\n    ").Append(AlertText.Line(command)).Append('\n');
        }

        if (alert.Link is { } link)
        {
            body.Append('\n').Append(AlertText.Line(link)).Append('\n');
        }

        return body.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n-- \nHostingOps, {alert.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, incident {AlertText.Line(alert.IncidentId)}\n").ToString();
    }

    private static string Word(HostingAlert alert) => alert.Event switch
    {
        AlertEvent.Recovered => "RECOVERED",
        AlertEvent.Test => "TEST",
        _ => alert.Severity.ToString().ToUpperInvariant(),
    };

    // A digest, for an id is somebody's text and a header takes no such thing.
    private static string Id(string text, MailAddress from) =>
        $"<{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32].ToLowerInvariant()}@{from.Host}>";
}
