using System.Globalization;
using System.Text;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>The parameters of a Query API call: a flat form whose names carry lists as <c>Name.1</c> and structures as <c>Name.Field</c>.</summary>
internal sealed class Ec2Parameters
{
    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Reads <c>a=b&amp;c=d</c>, percent-encoded.</summary>
    public Ec2Parameters(string form)
    {
        foreach (var pair in form.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            values[Decode(parts[0])] = parts.Length == 2 ? Decode(parts[1]) : "";
        }
    }

    /// <summary>Reads a request body.</summary>
    public static Ec2Parameters From(byte[] body) => new(Encoding.UTF8.GetString(body));

    /// <summary>A parameter, or null when it is missing or empty.</summary>
    public string? this[string name] => values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A parameter that must be there.</summary>
    /// <exception cref="ApiException">MissingParameter.</exception>
    public string Required(string name) => this[name]
        ?? throw new ApiException(400, "MissingParameter", $"The request must contain the parameter {name}");

    /// <summary>A true or false, or null.</summary>
    /// <exception cref="ApiException">InvalidParameterValue.</exception>
    public bool? Flag(string name) => this[name]?.ToLowerInvariant() switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw new ApiException(400, "InvalidParameterValue", $"Invalid value '{text}' for {name}. Must be true or false."),
    };

    /// <summary>A positive number that must be there.</summary>
    /// <exception cref="ApiException">MissingParameter, InvalidParameterValue.</exception>
    public int Count(string name)
    {
        var text = Required(name);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ApiException(400, "InvalidParameterValue", $"Value ({text}) for parameter {name} is invalid. Must be a number greater than 0.");
    }

    /// <summary>The list <c>Name.1</c>, <c>Name.2</c> and so on.</summary>
    public IReadOnlyList<string> List(string name) => Indexed(name).Select(index => this[index]).OfType<string>().ToList();

    /// <summary>The prefixes <c>Name.1</c>, <c>Name.2</c> and so on of a list of structures.</summary>
    public IEnumerable<string> Indexed(string name)
    {
        for (var index = 1; ; index++)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"{name}.{index}");
            if (!values.Keys.Any(key => key == prefix || key.StartsWith(prefix + ".", StringComparison.Ordinal)))
            {
                yield break;
            }

            yield return prefix;
        }
    }

    /// <summary>The filters: name and values of each.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Filters() =>
        Indexed("Filter").Select(prefix => (Required(prefix + ".Name"), List(prefix + ".Value"))).ToList();

    /// <summary>The tags that a creating call gives to one kind of resource.</summary>
    public IReadOnlyDictionary<string, string> TagsFor(string resourceType) => Indexed("TagSpecification")
        .Where(prefix => this[prefix + ".ResourceType"] == resourceType)
        .SelectMany(prefix => Tags(prefix + ".Tag"))
        .ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);

    /// <summary>A list of Key and Value structures.</summary>
    public IEnumerable<KeyValuePair<string, string>> Tags(string name) =>
        Indexed(name).Select(prefix => KeyValuePair.Create(Required(prefix + ".Key"), this[prefix + ".Value"] ?? ""));

    /// <summary>All parameters that say what is to be made, as one text: the same for the same demand.</summary>
    public string Fingerprint() => string.Join('&', values
        .Where(value => value.Key is not ("ClientToken" or "DryRun" or "Action" or "Version"))
        .Select(value => value.Key + "=" + value.Value));

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
