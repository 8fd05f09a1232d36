using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>A task of the Windows Task Scheduler as XML (MS-TSCH, Task Schema 1.4; elements in the schema's order).</summary>
internal static class TaskXml
{
    private const string Mark = "Written by Register-SiteWatch of HostingOps. Checksum: ";
    private static readonly XNamespace Ns = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    /// <summary>Writes the task.</summary>
    /// <param name="command">The command.</param>
    /// <param name="interval">Between single runs, or null for a watch without end.</param>
    /// <param name="account">The principal.</param>
    /// <param name="folder">The working folder.</param>
    public static string Write(WatchCommand command, TimeSpan? interval, TaskAccount account, string folder)
    {
        var settings = new XElement(
            Ns + "Settings",
            new XElement(Ns + "DisallowStartIfOnBatteries", false),
            new XElement(Ns + "StopIfGoingOnBatteries", false),
            new XElement(Ns + "MultipleInstancesPolicy", "IgnoreNew"),
            new XElement(Ns + "StartWhenAvailable", true),
            new XElement(Ns + "Enabled", true),
            new XElement(Ns + "Hidden", false),

            // A single run that hangs is ended; a watch has no end of its own.
            new XElement(Ns + "ExecutionTimeLimit", interval is null ? "PT0S" : "PT10M"),
            new XElement(Ns + "Priority", 5));

        // Begun at start, and begun again every minute should it have ended: while it runs, a second one is not begun.
        var every = interval ?? TimeSpan.FromMinutes(1);
        var time = new XElement(
            Ns + "TimeTrigger",
            new XElement(Ns + "Repetition", new XElement(Ns + "Interval", XmlConvert.ToString(every)), new XElement(Ns + "StopAtDurationEnd", false)),
            new XElement(Ns + "StartBoundary", "2026-01-01T00:00:00Z"),
            new XElement(Ns + "Enabled", true));
        var boot = new XElement(Ns + "BootTrigger", new XElement(Ns + "Enabled", true));
        var body = new XElement[]
        {
            new(Ns + "Triggers", interval is null ? new object[] { boot, time } : [time]),
            new(Ns + "Principals", account.Principal(Ns)),
            settings,
            new(
                Ns + "Actions",
                new XAttribute("Context", TaskAccount.PrincipalId),
                new XElement(
                    Ns + "Exec",
                    new XElement(Ns + "Command", command.Arguments[0]),
                    new XElement(Ns + "Arguments", QuotedWord.Windows(command.Arguments.Skip(1))),
                    new XElement(Ns + "WorkingDirectory", folder))),
        };
        var checksum = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(body.Select(static part => part.ToString(SaveOptions.DisableFormatting)))))).ToLowerInvariant();
        var task = new XElement(
            Ns + "Task",
            new XAttribute("version", "1.4"),
            new XElement(Ns + "RegistrationInfo", new XElement(Ns + "Description", Mark + checksum)),
            body);

        // schtasks.exe takes its own encoding, and nothing else for sure.
        return $"<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n{task}\n".ReplaceLineEndings("\r\n");
    }

    /// <summary>Whether Register-SiteWatch made the task.</summary>
    public static bool IsOurs(string xml) => Description(xml)?.StartsWith(Mark, StringComparison.Ordinal) == true;

    /// <summary>
    /// Whether the task that is there was made from that text, is switched on, and still starts that command as that account. The scheduler writes
    /// a task in its own words, so that the texts can't be compared.
    /// </summary>
    public static bool IsAsWritten(string present, string wanted, Func<string, string?>? sidOf = null)
    {
        if (Read(present) is not { } there || Read(wanted) is not { } here)
        {
            return false;
        }

        string? Value(XElement task, params string[] path) => path.Aggregate((XElement?)task, static (at, name) => at?.Element(Ns + name))?.Value;
        bool Same(params string[] path) => Value(there, path) == Value(here, path);
        return Same("RegistrationInfo", "Description")
            && Same("Actions", "Exec", "Command")
            && Same("Actions", "Exec", "Arguments")
            && IsSameAccount(Value(there, "Principals", "Principal", "UserId"), Value(here, "Principals", "Principal", "UserId")!, sidOf)
            && Value(there, "Principals", "Principal", "RunLevel") is null or "LeastPrivilege"
            && Value(there, "Settings", "Enabled") is null or "true";
    }

    // The scheduler gives a name back as its SID.
    private static bool IsSameAccount(string? there, string here, Func<string, string?>? sidOf) =>
        there is not null && (there.Equals(here, StringComparison.OrdinalIgnoreCase) || there == sidOf?.Invoke(here));

    private static string? Description(string xml) => Read(xml)?.Element(Ns + "RegistrationInfo")?.Element(Ns + "Description")?.Value;

    private static XElement? Read(string xml)
    {
        try
        {
            return XElement.Parse(xml);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
