using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Tests.Inventory;

/// <summary>An inventory as an agency with many sites would write it.</summary>
internal static class LargeInventory
{
    private const string Site = """
          site@:
            domain: client-@.example
            aliases: [client@.example]
            record: site@
            primary: <first>
            secondary: <second>
            repository: https://git.example/site@.git
            check: { path: /health, expectStatus: [200-299], failAfter: 3 }
            policy: { automatic: false, cooldown: 15m }
            hooks: { promote: [[ssh, "deploy@@{{standby.address}}", sudo, promote, "{{site.name}}"]] }

        """;

    public static string Yaml(int sites)
    {
        var yaml = new StringBuilder(InventoryYaml.Good[..InventoryYaml.Good.IndexOf("sites:\n", StringComparison.Ordinal)]).Append("sites:\n");
        for (var number = 0; number < sites; number++)
        {
            var (first, second) = number % 2 == 0 ? ("do-1", "li-1") : ("li-1", "do-1");
            yaml.Append(Site
                .Replace("<first>", first, StringComparison.Ordinal)
                .Replace("<second>", second, StringComparison.Ordinal)
                .Replace("@@", "\0", StringComparison.Ordinal)
                .Replace("@", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("\0", "@", StringComparison.Ordinal));
        }

        return yaml.ToString();
    }
}
