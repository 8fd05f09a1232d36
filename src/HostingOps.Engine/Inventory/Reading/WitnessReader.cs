using System.Globalization;
using System.Text.RegularExpressions;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>witnesses</c>.</summary>
/// <param name="folder">The inventory's folder, or null.</param>
/// <param name="findings">Gets what is wrong.</param>
internal sealed partial class WitnessReader(string? folder, FindingCollector findings)
{
    /// <summary>The name under which Route 53's checkers speak.</summary>
    public const string Route53 = "route53";

    /// <summary>The name under which this machine speaks.</summary>
    public const string Here = "here";

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The settings; what is wrong keeps its built-in value.</summary>
    /// <param name="source">The mapping.</param>
    /// <param name="inventory">All the rest of the inventory.</param>
    public WitnessSettings Read(YamlMap source, HostingInventory inventory)
    {
        var map = new MapReader(source, InventoryKeys.Witnesses, "witnesses", findings);
        var key = Key(map);
        var settings = new WitnessSettings
        {
            Key = key,
            Timeout = map.Duration("timeout", TimeSpan.FromSeconds(1), LongestTimeout) ?? new WitnessSettings().Timeout,
            Agents = Agents(map, key),
            Route53 = map.Mapping("route53") is { } route53 ? ReadRoute53(route53) : null,
        };
        settings = settings with { Quorum = Quorum(map, settings.Voices) };
        JudgeEffect(map, settings, inventory);
        return settings;
    }

    private List<WitnessAgent> Agents(MapReader map, string? sharedKey)
    {
        var agents = new List<WitnessAgent>();
        foreach (var source in map.Mappings("agents", "{ name: nyc, url: \"https://nyc.ops.example:8787\" }"))
        {
            var agent = new MapReader(source, InventoryKeys.WitnessAgent, "a witness", findings);
            agent.Require(source, "name", "url");
            var name = Name(agent, agents);
            var url = Url(agent, agents);
            var key = agent.Has("key") ? Key(agent) : sharedKey;
            if (key is null && !agent.Has("key") && !map.Has("key"))
            {
                findings.Add(InventoryRules.BadWitnessKey, source, "There is no 'key' for this witness, neither here nor for all of 'witnesses'.");
            }

            agents.Add(new WitnessAgent { Name = name ?? "", Url = url ?? "", Key = key ?? "", CaFile = CaFile(agent) });
        }

        return agents;
    }

    private string? Name(MapReader agent, List<WitnessAgent> before)
    {
        if (agent.Scalar("name", "a name") is not { } name || !NameSyntax.Judge(name, "witness", findings))
        {
            return null;
        }

        if (name.Text is Route53 or Here)
        {
            findings.Add(InventoryRules.BadName, name, $"The witness name '{name.Text}' is taken: Route 53's checkers answer as '{Route53}', this machine as '{Here}'.", "Choose another name.");
        }
        else if (before.Exists(other => string.Equals(other.Name, name.Text, StringComparison.OrdinalIgnoreCase)))
        {
            findings.Add(InventoryRules.DuplicateName, name, $"Two witnesses are named '{name.Text}'.");
        }

        return name.Text;
    }

    private string? Url(MapReader agent, List<WitnessAgent> before)
    {
        if (agent.Text("url") is not { } text)
        {
            return null;
        }

        if (!AddressSyntax.IsWebAddress(text) || new Uri(text) is not { UserInfo: "", Query: "", Fragment: "" } address)
        {
            findings.Add(InventoryRules.BadWitness, agent.At("url"), "'url' of a witness is no web address; one with https://, without user, query and fragment, was expected.", "Write, for example, https://nyc.ops.example:8787.");
            return null;
        }

        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
        {
            findings.Add(InventoryRules.BadWitness, agent.At("url"), $"The witness at {text} would be asked by http over the network.", "Write it with https://.");
        }
        else if (before.Exists(other => Uri.TryCreate(other.Url, UriKind.Absolute, out var earlier) && earlier == address))
        {
            findings.Add(InventoryRules.BadWitness, agent.At("url"), $"Two witnesses are at {text}: one machine would have two voices.", "Keep one of the two.");
        }

        return text;
    }

    private string? CaFile(MapReader agent)
    {
        if (agent.Text("caFile") is { } file && !File.Exists(Path.GetFullPath(file, string.IsNullOrEmpty(folder) ? Environment.CurrentDirectory : Path.GetFullPath(folder))))
        {
            findings.Add(InventoryRules.CaFileMissing, agent.At("caFile"), $"'caFile' of a witness is {YamlScalar.Quote(file)}, and there is no such file.");
        }

        return agent.Text("caFile");
    }

    // Whatever stands there instead may be the key itself: no message repeats it.
    private string? Key(MapReader map)
    {
        if (map.Text("key") is not { } text || Variable().IsMatch(text))
        {
            return map.Text("key");
        }

        findings.Add(InventoryRules.BadWitnessKey, map.At("key"), $"'key' of {map.Owner} is not the name of an environment variable.");
        return null;
    }

    private Route53WitnessSettings ReadRoute53(YamlMap source)
    {
        var map = new MapReader(source, InventoryKeys.Route53Witness, "witnesses.route53", findings);
        var builtIn = new Route53WitnessSettings();
        return new Route53WitnessSettings
        {
            Failing = map.Number("failing", 1, 100) ?? builtIn.Failing,
            MaxAge = map.Duration("maxAge", TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10)),
            Regions = map.Number("regions", 1, 8) ?? builtIn.Regions,
        };
    }

    private int? Quorum(MapReader map, int voices)
    {
        if (map.Scalar("quorum", "a quorum such as 2 of 3") is not { } text)
        {
            return null;
        }

        var majority = FormattableString.Invariant($"Write '{(voices / 2) + 1} of {voices}'.");
        if (QuorumPattern().Match(text.Text) is not { Success: true } match
            || !int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var needed)
            || !int.TryParse(match.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var of))
        {
            findings.Add(InventoryRules.BadQuorum, text, $"'quorum' is {text.Description}; one such as 2 of 3 was expected.", majority);
        }
        else if (of != voices)
        {
            findings.Add(InventoryRules.BadQuorum, text, FormattableString.Invariant($"'quorum' is {text.Description}, and there are {voices} voices: this machine, the agents, and Route 53 where it is asked."), majority);
        }
        else if (needed < 1 || needed > voices)
        {
            findings.Add(InventoryRules.BadQuorum, text, FormattableString.Invariant($"'quorum' is {text.Description}; 1 to {voices} of {voices} was expected."), majority);
        }
        else
        {
            return needed;
        }

        return null;
    }

    private void JudgeEffect(MapReader map, WitnessSettings settings, HostingInventory inventory)
    {
        if (settings.Route53 is not null
            && inventory.Hosts.Values.All(static host => host.HealthCheck is null) && inventory.Sites.All(static site => site.HealthChecks.Count == 0))
        {
            findings.Add(InventoryRules.WitnessWithoutEffect, map.At("route53"), "'route53' is asked, and no host has a 'healthCheck' and no site has 'healthChecks': its answer is always unknown.");
        }

        if (settings.HasWitnesses && inventory.Sites.FirstOrDefault(site => site.Check.Timeout + site.Check.ConfirmInterval >= settings.Timeout) is { } slow)
        {
            findings.Add(
                InventoryRules.WitnessWithoutEffect,
                map.At("timeout"),
                $"'timeout' is {DurationText.Format(settings.Timeout)}, and two checks of site '{slow.Name}' take {DurationText.Format(slow.Check.Timeout + slow.Check.ConfirmInterval)} when nothing answers: a witness could not say down in time.",
                "Raise 'timeout' of witnesses, or lower that of the site's check.");
        }

        if (settings.Agents.Count > 0 && inventory.Policy.ObserverChecks.Count == 0)
        {
            findings.Add(
                InventoryRules.WitnessWithoutEffect,
                map.At("agents"),
                "There are no 'observerChecks' in the policy: a witness with this inventory can't tell a dead site from a dead line of its own, and never says down.",
                "Add 'observerChecks' to the policy.");
        }
    }

    [GeneratedRegex(@"^\$\{[A-Za-z_][A-Za-z0-9_]*\}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex("^([0-9]{1,4}) of ([0-9]{1,4})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex QuorumPattern();
}
