using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace HostingOps.Engine.Inventory.Yaml;

/// <summary>
/// Reads YAML text into a tree with places. Works on the parser's events, so nothing in the file is ever turned into a
/// .NET object or run; size is bounded before aliases are followed.
/// </summary>
internal sealed class YamlTreeReader
{
    public const int MaxDepth = 32;
    public const int MaxValues = 1_000_000;

    private readonly IParser parser;
    private readonly FindingCollector findings;
    // Null while the anchored value is still being read: an alias to it then would be a circle.
    private readonly Dictionary<string, YamlValue?> anchors = new(StringComparer.Ordinal);
    private readonly Stack<(char Kind, int Line, int Column)> openBrackets = [];
    private long values;

    private YamlTreeReader(IParser parser, FindingCollector findings)
    {
        this.parser = parser;
        this.findings = findings;
    }

    /// <summary>The document's root, or null with a finding that says why there is none.</summary>
    public static YamlValue? Read(string text, FindingCollector findings)
    {
        var reader = new YamlTreeReader(new Parser(new Scanner(new StringReader(text), skipComments: true)), findings);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlStopException stop)
        {
            findings.Add(stop.Rule, stop.Line, stop.Column, stop.Message, stop.Fix);
            return null;
        }
        catch (YamlException broken)
        {
            reader.Report(broken.Message, (int)broken.Start.Line, (int)broken.Start.Column, text);
            return null;
        }
        catch (InvalidOperationException broken)
        {
            // YamlDotNet 16.3 answers some unclosed brackets this way instead of with a syntax error.
            var last = reader.parser.Current?.End ?? Mark.Empty;
            reader.Report(broken.Message, (int)last.Line, (int)last.Column, text);
            return null;
        }
    }

    private void Report(string complaint, int complaintLine, int complaintColumn, string text)
    {
        (char, int, int)? bracket = openBrackets.TryPeek(out var open) ? open : null;
        var (line, column, message, fix) = YamlSyntaxMessage.Explain(complaint, Math.Max(complaintLine, 1), Math.Max(complaintColumn, 1), bracket, text);
        findings.Add(InventoryRules.NotYaml, line, column, message, fix);
    }

    private YamlValue? ReadDocument()
    {
        Next();
        if (Next() is StreamEnd)
        {
            findings.Add(InventoryRules.NotMapping, 1, 1, "The file is empty; an inventory was expected.");
            return null;
        }

        Next();
        var root = ReadValue(1);
        Next();
        if (Next() is DocumentStart second)
        {
            throw Stop(InventoryRules.SeveralDocuments, second, "A second YAML document begins here; one was expected.");
        }

        return root;
    }

    // Leaves the parser on the value's last event.
    private YamlValue ReadValue(int depth)
    {
        var current = parser.Current!;
        if (current is AnchorAlias alias)
        {
            return Resolve(alias, depth);
        }

        if (depth > MaxDepth)
        {
            throw Stop(InventoryRules.TooLarge, current, FormattableString.Invariant($"The document is nested deeper than {MaxDepth} levels."));
        }

        Count(1, current);
        if (current is not NodeEvent node)
        {
            // YamlDotNet 16.3 ends some broken mappings between a key and its value.
            throw Stop(InventoryRules.NotYaml, current, "A value was expected here.");
        }

        RefuseTag(node);
        var anchor = node.Anchor.IsEmpty ? null : node.Anchor.Value;
        if (anchor is not null)
        {
            anchors[anchor] = null;
        }

        YamlValue value = current switch
        {
            Scalar scalar => new YamlScalar(Line(scalar), Column(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart start => ReadList(start, depth),
            MappingStart start => ReadMap(start, depth),
            _ => throw Stop(InventoryRules.NotYaml, current, "A value was expected here."),
        };
        if (anchor is not null)
        {
            anchors[anchor] = value;
        }

        return value;
    }

    private YamlList ReadList(SequenceStart start, int depth)
    {
        var list = new YamlList(Line(start), Column(start));
        var inBrackets = start.Style == SequenceStyle.Flow;
        if (inBrackets)
        {
            openBrackets.Push(('[', list.Line, list.Column));
        }

        while (Next() is not SequenceEnd)
        {
            list.Add(ReadValue(depth + 1));
        }

        if (inBrackets)
        {
            openBrackets.Pop();
        }

        return list;
    }

    private YamlMap ReadMap(MappingStart start, int depth)
    {
        var map = new YamlMap(Line(start), Column(start));
        var inBrackets = start.Style == MappingStyle.Flow;
        if (inBrackets)
        {
            openBrackets.Push(('{', map.Line, map.Column));
        }

        List<YamlEntry>? merges = null;
        while (Next() is not MappingEnd)
        {
            var keyEvent = parser.Current!;
            var key = ReadValue(depth + 1);
            Next();
            var value = ReadValue(depth + 1);
            if (key is not YamlScalar { IsNull: false } name)
            {
                findings.Add(
                    InventoryRules.WrongType,
                    Line(keyEvent),
                    Column(keyEvent),
                    $"The key is {key.Description}; a name was expected.",
                    key is YamlMap ? "Put a text that begins with '{{' in quotes." : "Write a name before the ':'.");
            }
            else if (name is { Text: "<<", IsPlain: true })
            {
                (merges ??= []).Add(new YamlEntry(name, value));
            }
            else if (map.TryGet(name.Text, out var first))
            {
                findings.Add(
                    InventoryRules.DuplicateKey,
                    name,
                    FormattableString.Invariant($"The key {name.Description} is already in line {first.Key.Line}."));
            }
            else
            {
                map.Add(new YamlEntry(name, value));
            }
        }

        if (inBrackets)
        {
            openBrackets.Pop();
        }

        foreach (var merge in merges ?? [])
        {
            Merge(map, merge);
        }

        return map;
    }

    // The map's own keys win over merged ones, and earlier merges over later ones.
    private void Merge(YamlMap map, YamlEntry merge)
    {
        IReadOnlyList<YamlValue> sources = merge.Value is YamlList list ? list.Items : [merge.Value];
        foreach (var source in sources)
        {
            if (source is not YamlMap other)
            {
                findings.Add(InventoryRules.BadAlias, merge.Key, $"'<<' merges mappings, and this is {source.Description}.");
                continue;
            }

            foreach (var entry in other.Entries)
            {
                if (!map.TryGet(entry.Key.Text, out _))
                {
                    Count(1 + entry.Value.Weight, merge.Key.Line, merge.Key.Column);
                    map.Add(entry);
                }
            }
        }
    }

    private YamlValue Resolve(AnchorAlias alias, int depth)
    {
        var name = alias.Value.Value;
        if (!anchors.TryGetValue(name, out var target))
        {
            var nearest = NameSuggestion.Nearest(name, anchors.Keys);
            throw new YamlStopException(
                InventoryRules.BadAlias,
                Line(alias),
                Column(alias),
                $"The alias '*{name}' has no anchor '&{name}' before it.",
                nearest is null ? null : $"Write '*{nearest}'.");
        }

        if (target is null)
        {
            throw Stop(InventoryRules.BadAlias, alias, $"The alias '*{name}' stands inside its own anchor.");
        }

        if (depth + target.Height - 1 > MaxDepth)
        {
            throw Stop(InventoryRules.TooLarge, alias, FormattableString.Invariant($"With '*{name}' the document is nested deeper than {MaxDepth} levels."));
        }

        Count(target.Weight, alias);
        return target;
    }

    private void RefuseTag(NodeEvent node)
    {
        // "!" alone only says that a scalar is a text, which is what the parser reports for quoted ones as well.
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            findings.Add(InventoryRules.TagRefused, Line(node), Column(node), "A YAML tag stands here; the inventory has plain values only.");
        }
    }

    private void Count(int weight, ParsingEvent at) => Count(weight, Line(at), Column(at));

    private void Count(int weight, int line, int column)
    {
        values += weight;
        if (values > MaxValues)
        {
            throw new YamlStopException(
                InventoryRules.TooLarge,
                line,
                column,
                FormattableString.Invariant($"Up to here the document has more than {MaxValues} values, each use of an alias counted."));
        }
    }

    private ParsingEvent Next() =>
        parser.MoveNext()
            ? parser.Current!
            : throw new YamlStopException(InventoryRules.NotYaml, 1, 1, "The document ends too soon.");

    private static YamlStopException Stop(InventoryRule rule, ParsingEvent at, string message) =>
        new(rule, Line(at), Column(at), message);

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;
}
