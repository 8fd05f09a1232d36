using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Tests.Inventory;

/// <summary>A small inventory without findings, and ways to spoil it.</summary>
internal static class InventoryYaml
{
    public const string Good = """
        version: 1
        zone: sites.example.net
        hosts:
          do-1: { provider: digitalocean, address: 203.0.113.10 }
          li-1: { provider: linode, address: 198.51.100.7 }
        sites:
          acme:
            domain: acme.example
            primary: do-1
            secondary: li-1

        """;

    public static string FilePath { get; } = Path.GetFullPath("hosting.yml");

    /// <summary>The good inventory with a part of it replaced.</summary>
    public static string With(string part, string replacement)
    {
        Assert.Contains(part, Good, StringComparison.Ordinal);
        return Good.Replace(part, replacement, StringComparison.Ordinal);
    }

    /// <summary>The good inventory with more at its end.</summary>
    public static string And(string more) => Good + more;

    /// <summary>The good inventory with more lines in its site.</summary>
    public static string Site(string line) => Good + "    " + line + "\n";

    public static InventoryDocument Parse(string yaml) => InventoryLoader.Parse(yaml, FilePath);

    public static HostingInventory Load(string yaml)
    {
        var document = Parse(yaml);
        Assert.True(document.IsValid, string.Join(Environment.NewLine, document.Findings));
        return document.Inventory!;
    }

    public static InventoryFinding Single(string yaml) => Assert.Single(Parse(yaml).Findings);
}
