using System.Text.RegularExpressions;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>apex.instance</c>, so that a recovery does not fail at EC2 for a slip of the pen.</summary>
internal sealed partial class ApexInstanceReader(FindingCollector findings)
{
    // EC2 allows 50 tags on a resource, of which a recovery sets some itself.
    private const int MostTags = 40;

    private static readonly string[] Images = ["debian-12", "debian-13", "ubuntu-22.04", "ubuntu-24.04"];

    public ApexInstanceSettings Read(YamlMap source)
    {
        var map = new MapReader(source, InventoryKeys.Instance, "apex.instance", findings);
        return new ApexInstanceSettings
        {
            Type = Text(map, "type", TypePattern(), "an EC2 instance type", "Write, for example, t3.micro."),
            KeyName = Text(map, "keyName", NamePattern(), "the name of an EC2 key pair", "Write it as 'aws ec2 describe-key-pairs' prints it."),
            SecurityGroup = Text(
                map, "securityGroup", NamePattern(), "the name or id of a security group", "Write, for example, web or sg-0123456789abcdef0."),
            Subnets = Subnets(map),
            Image = Image(map) ?? ApexInstanceSettings.Default.Image,
            Profile = Text(map, "profile", ProfilePattern(), "the name of an instance profile", "Write the name, not the ARN."),
            User = Text(map, "user", UserPattern(), "an account on the instance", "Write, for example, admin."),
            Setup = new CommandReader(findings).ReadList(map, "setup") ?? [],
            Tags = Tags(map),
        };
    }

    private string? Text(MapReader map, string key, Regex pattern, string expected, string fix)
    {
        var text = map.Text(key);
        if (text is null || pattern.IsMatch(text))
        {
            return text;
        }

        findings.Add(InventoryRules.BadText, map.At(key), $"'{key}' of {map.Owner} is {YamlScalar.Quote(text)}; {expected} was expected.", fix);
        return null;
    }

    private List<string> Subnets(MapReader map)
    {
        var subnets = new List<string>();
        foreach (var item in map.Scalars("subnets", "subnet ids") ?? [])
        {
            if (!SubnetPattern().IsMatch(item.Text))
            {
                findings.Add(
                    InventoryRules.BadText,
                    item,
                    $"A subnet is {item.Description}; a subnet's id was expected.",
                    "Write it as 'aws ec2 describe-subnets' prints it, for example subnet-0123456789abcdef0.");
            }
            else if (subnets.Contains(item.Text))
            {
                findings.Add(InventoryRules.BadText, item, $"The subnet '{item.Text}' stands in the list twice.", "Keep one of the two.");
            }
            else
            {
                subnets.Add(item.Text);
            }
        }

        return subnets;
    }

    private string? Image(MapReader map)
    {
        if (map.Scalar("image", "a release or an image's id") is not { } image)
        {
            return null;
        }

        return ImagePattern().IsMatch(image.Text) ? image.Text : map.WordOf(image, "image", [.. Images, "ami-…"]);
    }

    private Dictionary<string, string> Tags(MapReader map)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Mapping("tags")?.Entries ?? [])
        {
            var problem = value is not YamlScalar { IsNull: false } text ? $"is {value.Description}"
                : key.Text.Length is 0 or > 128 || text.Text.Length > 256 ? "is longer than EC2 allows (128 characters for the key, 256 for the value)"
                : key.Text.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) ? "begins with 'aws:', which AWS keeps for itself"
                : key.Text.Any(char.IsControl) || text.Text.Any(char.IsControl) ? "has a control character"
                : tags.Count == MostTags ? FormattableString.Invariant($"is one more than the {MostTags} there is room for")
                : null;
            if (problem is null)
            {
                tags.Add(key.Text, ((YamlScalar)value).Text);
            }
            else
            {
                findings.Add(InventoryRules.BadText, key, $"The tag {key.Description} {problem}; a tag's key and text were expected.", "Write, for example, owner: ops.");
            }
        }

        return tags;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\.[a-z0-9-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex TypePattern();

    // Names of key pairs and security groups: up to 255 printable ASCII characters, no space at either end.
    [GeneratedRegex(@"^[!-~]([ -~]{0,253}[!-~])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^subnet-[a-z0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex SubnetPattern();

    [GeneratedRegex(@"^(debian-1[23]|ubuntu-2[24]\.04|ami-[a-z0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex ImagePattern();

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]{1,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ProfilePattern();

    [GeneratedRegex(@"^[a-z_][a-z0-9_-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex UserPattern();
}
