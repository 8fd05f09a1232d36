using System.Text.RegularExpressions;

namespace HostingOps.Agent.Output;

/// <summary>The engine's advice names cmdlets; here it names the agent's commands and options for the same thing.</summary>
internal static partial class AgentWording
{
    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["Get-SiteFailoverHistory -ResumableOnly"] = "`hostingops history --resumable`",
        ["Get-SiteFailoverHistory"] = "`hostingops history`",
        ["Get-ApexHistory"] = "`hostingops history --apex`",
        ["Resume-SiteFailover"] = "`hostingops resume`",
        ["Undo-SiteFailover"] = "`hostingops undo`",
        ["Get-SiteDnsTarget"] = "`hostingops failover SITE --what-if`",
        ["Test-HostingInventory"] = "`hostingops check`",
        ["Test-SiteHealth"] = "`hostingops check`",
        ["Invoke-SiteFailover"] = "`hostingops failover`",
        ["Invoke-FailoverDrill"] = "`hostingops drill`",
        ["New-HostingInventory"] = "New-HostingInventory (in PowerShell)",
        ["-InventoryPath"] = "--inventory",
        ["-ProfileName"] = "--profile",
        ["-Region"] = "--region",
        ["-EndpointUrl"] = "--endpoint-url",
        ["-Reason (--reason)"] = "--reason",
        ["-Reason"] = "--reason",
        ["-Override"] = "--override",
    };

    /// <summary>The text in the agent's words.</summary>
    public static string Of(string text) => Names().Replace(
        OperationArgument().Replace(text, static match => $"`hostingops {match.Groups[1].Value.ToLowerInvariant()} {match.Groups[2].Value}`"),
        static match => Commands.GetValueOrDefault(match.Value, match.Value));

    [GeneratedRegex(@"\b(Resume|Undo)-SiteFailover -OperationId ([\w-]+)")]
    private static partial Regex OperationArgument();

    [GeneratedRegex(@"\bGet-SiteFailoverHistory -ResumableOnly|\b(?:Get|New|Set|Test|Invoke|Resume|Undo)-[A-Z][A-Za-z]+|(?<![\w-])-(?:Reason \(--reason\)|[A-Z][A-Za-z]+)")]
    private static partial Regex Names();
}
