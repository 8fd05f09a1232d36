using System.Text.RegularExpressions;

namespace HostingOps.EndToEnd.Tests.Samples;

/// <summary>A systemd unit file, read as far as the samples use the format (systemd.syntax(7), systemd.exec(5)).</summary>
internal sealed partial class UnitFile
{
    private readonly List<(string Key, string Value)> settings = [];

    private UnitFile()
    {
    }

    public static UnitFile Read(string path)
    {
        var unit = new UnitFile();
        foreach (var line in File.ReadLines(path).Select(static line => line.Trim()).Where(static line => line.Length > 0 && line[0] is not ('#' or '[')))
        {
            var parts = line.Split('=', 2);
            unit.settings.Add((parts[0], parts[1]));
        }

        return unit;
    }

    public IEnumerable<string> All(string key) => settings.Where(setting => setting.Key == key).Select(static setting => setting.Value);

    public string One(string key) => Assert.Single(All(key));

    /// <summary>The variables of Environment=, with specifiers such as %S put in.</summary>
    public Dictionary<string, string> Environment(IReadOnlyDictionary<string, string> specifiers) => All("Environment")
        .SelectMany(static value => value.Split(' '))
        .Select(assignment => WithSpecifiers(assignment, specifiers).Split('=', 2))
        .ToDictionary(static parts => parts[0], static parts => parts[1]);

    /// <summary>The words of ExecStart=: ${NAME} is one word whatever it holds.</summary>
    public IReadOnlyList<string> Command(IReadOnlyDictionary<string, string> environment) =>
        [.. One("ExecStart").Split(' ').Select(word => Variable().Replace(word, match => environment[match.Groups[1].Value]))];

    public static string WithSpecifiers(string value, IReadOnlyDictionary<string, string> specifiers) =>
        Specifier().Replace(value, match => specifiers[match.Value]);

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Variable();

    [GeneratedRegex("%[A-Za-z]")]
    private static partial Regex Specifier();
}
