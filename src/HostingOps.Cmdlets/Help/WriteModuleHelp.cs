using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// A task of the build, compiled by Module.targets and not part of the assembly: writes the pages of docs/en-US as the
/// MAML file that Get-Help reads, so that there is one text of each page.
/// </summary>
public sealed class WriteModuleHelp : Task
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    // [[-Name] <string[]>] and its relatives: outer bracket, optional; inner bracket, positional; no type, a switch.
    private static readonly Regex Parameter = new Regex(@"(?<optional>\[)?(?<position>\[)?-(?<name>\w+)\]?(?: <(?<type>[^>]+)>)?\]?(?= |$)");

    // Default: `./hosting.yml`. The value ends with the sentence.
    private static readonly Regex Default = new Regex(@"\bDefault:? (?<value>.+?)\.(?= [A-Z]|$)");

    // Alias `Path`. Aliases `Path` and `FullName`: the text may go on.
    private static readonly Regex Alias = new Regex(@"\bAlias(?:es)? (?:(?:, | and )?`(?<name>\w+)`)+");

    /// <summary>The pages, one per cmdlet.</summary>
    [Required]
    public ITaskItem[] Pages { get; set; }

    /// <summary>The file to write.</summary>
    [Required]
    public string Target { get; set; }

    public override bool Execute()
    {
        var items = new XElement("helpItems", new XAttribute("schema", "maml"), Pages.OrderBy(page => page.ItemSpec, StringComparer.Ordinal).Select(Page));
        var text = new XDeclaration("1.0", "utf-8", null) + "\n" + items.ToString().Replace("\r\n", "\n") + "\n";
        Directory.CreateDirectory(Path.GetDirectoryName(Target));
        if (!File.Exists(Target) || File.ReadAllText(Target) != text)
        {
            File.WriteAllText(Target, text);
        }

        return !Log.HasLoggedErrors;
    }

    private XElement Page(ITaskItem page)
    {
        var text = File.ReadAllText(page.ItemSpec).Replace("\r\n", "\n");
        var sections = Regex.Split(text, "^## ", RegexOptions.Multiline)
            .Select(section => section.Split(new[] { '\n' }, 2)).ToDictionary(section => section[0].Trim(), section => section[1].Trim());
        var name = Path.GetFileNameWithoutExtension(page.ItemSpec);
        foreach (var wanted in new[] { "Syntax", "Description", "Examples", "Parameters", "Outputs" }.Where(wanted => !sections.ContainsKey(wanted)))
        {
            Log.LogError("The help page {0} has no section '## {1}'.", page.ItemSpec, wanted);
            return null;
        }

        var syntaxes = sections["Syntax"].Split('\n').Where(line => line.StartsWith(name + " ", StringComparison.Ordinal)).ToList();
        var described = Regex.Matches(sections["Parameters"], @"^- `-(\w+)`: (.*)$", RegexOptions.Multiline).Cast<Match>()
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var parameters = syntaxes.SelectMany(line => Parameters(line, described)).GroupBy(element => (string)element.Element(Maml + "name")).Select(same => same.First()).ToList();
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", name),
                new XElement(Command + "verb", name.Split('-')[0]),
                new XElement(Command + "noun", name.Split('-')[1]),
                Paragraphs(Maml + "description", text.Split('\n')[2])),
            Paragraphs(Maml + "description", sections["Description"]),
            new XElement(Command + "syntax", syntaxes.Select(line => new XElement(
                Command + "syntaxItem", new XElement(Maml + "name", name), Parameters(line, described)))),
            new XElement(Command + "parameters", parameters),
            Inputs(parameters),
            new XElement(Command + "returnValues", new XElement(
                Command + "returnValue", new XElement(Dev + "type", new XElement(Maml + "name", Plain(sections["Outputs"]))))),
            sections.TryGetValue("Errors", out var errors)
                ? new XElement(Maml + "alertSet", new XElement(Maml + "title", "Errors"), Paragraphs(Maml + "alert", errors))
                : null,
            new XElement(Command + "examples", Regex.Matches(sections["Examples"], @"```powershell\n(.*?)\n```\s*(.*?)(?=```|\z)", RegexOptions.Singleline).Cast<Match>()
                .Select((match, index) => new XElement(
                    Command + "example",
                    new XElement(Maml + "title", "--- Example " + (index + 1) + " ---"),
                    new XElement(Dev + "code", match.Groups[1].Value),
                    Paragraphs(Dev + "remarks", match.Groups[2].Value)))));
    }

    private static IEnumerable<XElement> Parameters(string syntax, IDictionary<string, string> described)
    {
        var position = 0;
        foreach (Match match in Parameter.Matches(syntax.Substring(syntax.IndexOf(' ') + 1)))
        {
            var name = match.Groups["name"].Value;
            described.TryGetValue(name, out var description);

            // "[-Name] <string>" has one bracket: it is positional and not optional.
            var positional = match.Groups["position"].Success || (match.Groups["optional"].Success && match.Value.Contains("] <"));
            var optional = match.Groups["optional"].Success && (match.Groups["position"].Success || !positional);
            var type = match.Groups["type"].Success ? match.Groups["type"].Value : null;
            yield return new XElement(
                Command + "parameter",
                new XAttribute("required", optional ? "false" : "true"),
                new XAttribute("variableLength", type != null && type.EndsWith("[]", StringComparison.Ordinal) ? "true" : "false"),
                new XAttribute("globbing", description != null && description.Contains("wildcards") ? "true" : "false"),
                new XAttribute("pipelineInput", PipelineInput(description)),
                new XAttribute("position", positional ? (position++).ToString() : "named"),
                new XAttribute("aliases", Aliases(name, description)),
                new XElement(Maml + "name", name),
                Paragraphs(Maml + "description", description ?? Common(name)),
                type == null ? null : new XElement(Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), type),
                new XElement(Dev + "type", new XElement(Maml + "name", type ?? "SwitchParameter")),
                new XElement(Dev + "defaultValue", Default.Match(Plain(description ?? "")) is var told && told.Success ? told.Groups["value"].Value : type == null ? "False" : "None"));
        }
    }

    private static string Aliases(string name, string description)
    {
        var told = Alias.Match(description ?? "");
        return told.Success ? string.Join(", ", told.Groups["name"].Captures.Cast<Capture>().Select(capture => capture.Value))
            : name == "WhatIf" ? "wi" : name == "Confirm" ? "cf" : "None";
    }

    private static string PipelineInput(string description)
    {
        if (description == null || !description.Contains("pipeline"))
        {
            return "false";
        }

        var named = description.Contains("by property name") || Regex.IsMatch(description, @"object with an? .* property");
        var valued = Regex.IsMatch(description, @"from the pipeline(?! by property name)");
        return "true (" + string.Join(", ", new[] { valued ? "ByValue" : null, named ? "ByPropertyName" : null }.Where(way => way != null)) + ")";
    }

    // What can be piped in, by value with its type, by name with the names of the properties.
    private static XElement Inputs(IEnumerable<XElement> parameters)
    {
        var ways = parameters.Select(parameter => new
        {
            Names = new[] { (string)parameter.Element(Maml + "name") }.Concat(((string)parameter.Attribute("aliases")).Split(',').Select(alias => alias.Trim()).Where(alias => alias != "None")),
            Type = (string)parameter.Element(Dev + "type"),
            Way = (string)parameter.Attribute("pipelineInput"),
        }).ToList();
        var types = ways.Where(way => way.Way.Contains("ByValue"))
            .Select(way => Input(way.Type, "The value of -" + way.Names.First() + ".")).ToList();
        var properties = ways.Where(way => way.Way.Contains("ByPropertyName")).SelectMany(way => way.Names).ToList();
        if (properties.Count > 0)
        {
            types.Add(Input("System.Object", "Any object with a property of one of these names: " + string.Join(", ", properties) + "."));
        }

        return new XElement(Command + "inputTypes", types.Count > 0 ? types : new List<XElement> { Input("None", "Nothing can be piped in.") });
    }

    private static XElement Input(string type, string description)
    {
        return new XElement(Command + "inputType", new XElement(Dev + "type", new XElement(Maml + "name", type)), Paragraphs(Maml + "description", description));
    }

    private static string Common(string name)
    {
        return name == "WhatIf" ? "Shows what would happen, and changes nothing." : name == "Confirm" ? "Asks before anything is changed." : "";
    }

    private static XElement Paragraphs(XName element, string markdown)
    {
        return new XElement(element, Regex.Split(markdown.Trim(), "\n\n+").Select(paragraph => new XElement(Maml + "para", Plain(paragraph))));
    }

    private static string Plain(string markdown)
    {
        return Regex.Replace(markdown, @"\[([^\]]+)\]\([^)]+\)", "$1").Replace("`", "").Trim();
    }
}
