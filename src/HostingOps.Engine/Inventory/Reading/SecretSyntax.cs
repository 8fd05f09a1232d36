using System.Text.RegularExpressions;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Judges what may be a secret, or names the environment variable that holds it. No message repeats it.</summary>
internal sealed partial class SecretSyntax(FindingCollector findings)
{
    /// <summary>Judges a webhook's address.</summary>
    public void JudgeWebhook(string webhook, YamlValue at)
    {
        var withoutVariables = VariablePattern().Replace(webhook, "x");
        var hasVariable = withoutVariables != webhook;
        if (!IsReadable("webhook", webhook, at))
        {
            return;
        }

        if (withoutVariables != "x" && !(hasVariable && withoutVariables.StartsWith('x')) && !AddressSyntax.IsWebAddress(withoutVariables))
        {
            findings.Add(
                InventoryRules.BadEndpoint,
                at,
                "The webhook is neither a web address nor the name of an environment variable.",
                "Write \"${ALERT_WEBHOOK}\", or an address that begins with https://.");
        }
        else if (!hasVariable && !new Uri(webhook).IsLoopback)
        {
            findings.Add(InventoryRules.PlainWebhook, at, "The webhook's address stands in the file.");
        }
    }

    /// <summary>Judges a token or password.</summary>
    public void JudgeSecret(string key, string text, YamlValue at)
    {
        if (IsReadable(key, text, at) && !VariablePattern().IsMatch(text))
        {
            findings.Add(InventoryRules.PlainSecret, at, $"The {key} of a notification stands in the file.");
        }
    }

    /// <summary>Judges the value of a header that a mirror's crawl sends.</summary>
    public void JudgeHeader(string name, string text, YamlValue at)
    {
        if (IsReadable($"header {name}", text, at) && !VariablePattern().IsMatch(text))
        {
            findings.Add(InventoryRules.PlainHeader, at, $"The value of the header {name} stands in the file.");
        }
    }

    private bool IsReadable(string key, string text, YamlValue at)
    {
        if (!VariablePattern().Replace(text, "x").Contains('$', StringComparison.Ordinal))
        {
            return true;
        }

        findings.Add(
            InventoryRules.BadText,
            at,
            $"The {key}'s reference to an environment variable cannot be read; ${{NAME}} with letters, digits and '_' was expected.",
            "Write, for example, \"${ALERT_WEBHOOK}\".");
        return false;
    }

    [GeneratedRegex(@"\$\{[A-Za-z_][A-Za-z0-9_]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex VariablePattern();
}
