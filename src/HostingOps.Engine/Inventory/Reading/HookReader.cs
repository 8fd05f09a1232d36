using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>hooks</c> mappings: per stage a list of argv lists, or of mappings with <c>run</c> and <c>timeout</c>.</summary>
internal sealed class HookReader(FindingCollector findings)
{
    // Where each placeholder of a hook stands, kept until the site that it is filled in for is known.
    private readonly Dictionary<Hook, List<(string Name, YamlValue At)>> uses = new(ReferenceEqualityComparer.Instance);

    public SiteHooks Read(YamlMap source, string owner, SiteHooks inherited)
    {
        var map = new MapReader(source, InventoryKeys.Hooks, $"the hooks of {owner}", findings);
        return new SiteHooks
        {
            Fence = Stage(map, "fence") ?? inherited.Fence,
            Promote = Stage(map, "promote") ?? inherited.Promote,
            After = Stage(map, "after") ?? inherited.After,
        };
    }

    /// <summary>Reports placeholders of the site's hooks that would be filled with nothing.</summary>
    public void JudgePlaceholders(HostedSite site)
    {
        if (uses.Count == 0)
        {
            return;
        }

        foreach (var hook in site.Hooks.Fence.Concat(site.Hooks.Promote).Concat(site.Hooks.After))
        {
            foreach (var (name, at) in uses.GetValueOrDefault(hook) ?? [])
            {
                if (!HookPlaceholders.HasValue(site, name))
                {
                    findings.Add(
                        InventoryRules.EmptyPlaceholder,
                        at,
                        $"'{{{{{name}}}}}' has no value for site '{site.Name}'.",
                        name.StartsWith("site.", StringComparison.Ordinal)
                            ? $"Give the site its '{name[5..]}', or leave the placeholder out."
                            : $"Give both its hosts, '{site.Primary.Name}' and '{site.Secondary.Name}', their '{name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]}', or leave the placeholder out.");
                }
            }
        }
    }

    private List<Hook>? Stage(MapReader map, string stage)
    {
        if (!map.Has(stage))
        {
            return null;
        }

        if (map.At(stage) is not YamlList list)
        {
            findings.Add(InventoryRules.BadHook, map.At(stage), $"'{stage}' is {map.At(stage).Description}; a list of argv lists was expected.");
            return null;
        }

        if (list.Items.Count > 0 && list.Items.All(static item => item is YamlScalar))
        {
            var argv = string.Join(", ", list.Items.Take(3).Select(static item => ((YamlScalar)item).Text));
            findings.Add(
                InventoryRules.BadHook,
                list,
                $"'{stage}' is one argv list; a list of argv lists was expected.",
                $"Put it in another pair of brackets: {stage}: [[{argv}{(list.Items.Count > 3 ? ", …" : "")}]].");
            return null;
        }

        return list.Items.Select(item => Read(item, stage, map.Owner)).OfType<Hook>().ToList();
    }

    private Hook? Read(YamlValue item, string stage, string owner)
    {
        switch (item)
        {
            case YamlList argv:
                return Make(argv, stage, null);
            case YamlMap source:
                var map = new MapReader(source, InventoryKeys.Hook, $"a '{stage}' hook in {owner}", findings);
                map.Require(source, "run");
                var timeout = map.Duration("timeout", TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
                if (!map.Has("run"))
                {
                    return null;
                }

                if (map.At("run") is YamlList run)
                {
                    return Make(run, stage, timeout);
                }

                findings.Add(InventoryRules.BadHook, map.At("run"), $"'run' is {map.At("run").Description}; an argv list was expected, for no shell splits a text.");
                return null;
            default:
                findings.Add(InventoryRules.BadHook, item, $"A '{stage}' hook is {item.Description}; an argv list was expected.");
                return null;
        }
    }

    private Hook? Make(YamlList argv, string stage, TimeSpan? timeout)
    {
        if (argv.Items.Count == 0 || argv.Items[0] is YamlScalar { Text.Length: 0 })
        {
            findings.Add(InventoryRules.BadHook, argv, $"A '{stage}' hook names no program.");
            return null;
        }

        var arguments = new List<string>(argv.Items.Count);
        var placeholders = new List<(string Name, YamlValue At)>();
        foreach (var item in argv.Items)
        {
            if (item is not YamlScalar { IsNull: false } scalar)
            {
                findings.Add(
                    InventoryRules.BadHook,
                    item,
                    $"An argument of a '{stage}' hook is {item.Description}; a text was expected.",
                    item is YamlMap ? "Put an argument with '{{' or ': ' in quotes." : "Put the argument in quotes.");
                return null;
            }

            arguments.Add(scalar.Text);
            foreach (var name in HookPlaceholders.Find(scalar.Text))
            {
                if (HookPlaceholders.Names.Contains(name))
                {
                    placeholders.Add((name, scalar));
                    continue;
                }

                var nearest = NameSuggestion.Nearest(name.Trim(), HookPlaceholders.Names);
                findings.Add(
                    InventoryRules.UnknownPlaceholder,
                    scalar,
                    $"The placeholder {YamlScalar.Quote("{{" + name + "}}")} is not known.",
                    nearest is null ? $"Use one of: {string.Join(", ", HookPlaceholders.Names)}." : $"Write '{{{{{nearest}}}}}'.");
            }
        }

        var hook = timeout is null ? new Hook { Argv = arguments } : new Hook { Argv = arguments, Timeout = timeout.Value };
        if (placeholders.Count > 0)
        {
            uses.Add(hook, placeholders);
        }

        return hook;
    }
}
