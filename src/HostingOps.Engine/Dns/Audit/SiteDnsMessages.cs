using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Dns.Audit;

/// <summary>Makes one mail of all that an audit asks a client's IT department for. Pure.</summary>
public static class SiteDnsMessages
{
    private const int Width = 72;
    private const string Indentation = "   ";

    /// <summary>The message, or null when there is nothing to ask for.</summary>
    public static SiteDnsMessage? For(SiteDnsAudit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);

        // Two findings may ask for one and the same thing; it is asked for once.
        var requests = audit.Findings.Where(static finding => finding.Request is not null)
            .GroupBy(static finding => finding.Request!, StringComparer.Ordinal)
            .Select(static group => (Request: group.Key, Findings: group.ToList()))
            .ToList();
        return requests.Count == 0 ? null : new SiteDnsMessage
        {
            SiteName = audit.SiteName,
            Domain = audit.Domain,
            RequestCount = requests.Count,
            Subject = string.Create(CultureInfo.InvariantCulture, $"DNS of {audit.Domain}: {(requests.Count == 1 ? "a change" : $"{requests.Count} changes")} we ask you for"),
            Body = Body(audit, requests),
            InventoryPath = audit.InventoryPath,
        };
    }

    private static string Body(SiteDnsAudit audit, List<(string Request, List<SiteDnsFinding> Findings)> requests)
    {
        var body = new StringBuilder();
        Paragraph(body, "", "Hello,");
        Paragraph(body, "", string.Create(
            CultureInfo.InvariantCulture,
            $"we look after the website www.{audit.Domain}. On {audit.CheckedAt.UtcDateTime:yyyy-MM-dd} at {audit.CheckedAt.UtcDateTime:HH:mm} UTC we checked the DNS of its domains from outside, and ask you for the following."));
        foreach (var (request, findings, number) in requests.Select(static (entry, index) => (entry.Request, entry.Findings, index + 1)))
        {
            var paragraphs = request.Split("\n\n");
            Paragraph(body, Indentation, paragraphs[0], string.Create(CultureInfo.InvariantCulture, $"{number}. "));
            foreach (var records in paragraphs.Skip(1))
            {
                // Records are copied from here into a zone: they are never broken.
                body.Append(string.Join('\n', records.Split('\n').Select(static record => Indentation + record))).Append("\n\n");
            }

            foreach (var finding in findings)
            {
                var from = finding.SeenFrom.Count > 0 ? $" (Asked: {string.Join(", ", finding.SeenFrom)}.)" : "";
                Paragraph(body, Indentation, $"What we saw: {finding.Seen}{from}");
            }
        }

        Paragraph(body, "", "Please tell us when it is done, or if anything is not clear; we check again then. Nothing else in your DNS needs to change for this.");
        return body.Append("Thank you, and kind regards\n").ToString();
    }

    private static void Paragraph(StringBuilder body, string indentation, string text, string? begin = null)
    {
        var line = new StringBuilder(begin ?? indentation);
        var empty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > Width)
            {
                body.Append(line).Append('\n');
                line.Clear().Append(indentation);
                empty = true;
            }

            line.Append(empty ? "" : " ").Append(word);
            empty = false;
        }

        body.Append(line).Append("\n\n");
    }
}
