using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Inventory;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class InventoryWriterTests
{
    [Fact]
    public void What_is_written_loads_back_equal()
    {
        Prop.ForAll(InventoryGenerator.Inventories, static inventory =>
        {
            var document = InventoryYaml.Parse(InventoryWriter.Write(inventory));
            Assert.True(document.IsValid, string.Join('\n', document.Findings) + "\n" + InventoryWriter.Write(inventory));
            Assert.Equal(Comparable(inventory), Comparable(document.Inventory!));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public void The_sample_comes_back_equal_with_its_common_values_under_defaults()
    {
        var sample = InventoryLoader.Load(RepositoryRoot.Combine("samples", "hosting.yml")).Inventory!;

        var yaml = InventoryWriter.Write(sample);

        Assert.Equal(Comparable(sample), Comparable(InventoryYaml.Load(yaml)));
        Assert.Contains("defaults:\n  ttl: 60\n", yaml, StringComparison.Ordinal);
        Assert.Contains("  clinic:\n    domain: clinic.example\n    record: clinic\n    primary: do-1\n    secondary: li-1\n    ttl: 30\n    check: { failAfter: 2 }\n", yaml, StringComparison.Ordinal);
        Assert.Contains("  florist:\n    domain: florist.example\n    record: florist\n    primary: li-1\n    secondary: do-1\n  gallery:\n", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Common_values_that_are_not_built_in_are_written_once()
    {
        var yaml = InventoryWriter.Write(InventoryYaml.Load(InventoryYaml.And("""
              beta: { domain: beta.example, primary: do-1, secondary: li-1 }
            defaults: { ttl: 30, check: { timeout: 2s, port: 8443 }, policy: { cooldown: 1h } }
            """)));

        Assert.Contains("defaults:\n  ttl: 30\n  check: { port: 8443, timeout: 2s }\n  policy: { cooldown: 1h }\n", yaml, StringComparison.Ordinal);
        Assert.Equal(1, yaml.Split("8443").Length - 1);
    }

    [Fact]
    public void A_setting_that_one_site_has_switched_off_is_no_default()
    {
        var inventory = InventoryYaml.Load(InventoryYaml.And("""
                check: { port: 8443 }
              beta: { domain: beta.example, primary: do-1, secondary: li-1, check: { port: 8443 } }
              gamma: { domain: gamma.example, primary: do-1, secondary: li-1 }
            """));

        Assert.Equal([8443, 8443, null], InventoryYaml.Load(InventoryWriter.Write(inventory)).Sites.Select(static site => site.Check.Port));
    }

    private static string Comparable(HostingInventory inventory) => JsonSerializer.Serialize(
        inventory with { Path = null, Sites = inventory.Sites.Select(static site => site with { InventoryPath = null }).ToList() },
        new JsonSerializerOptions { WriteIndented = true });
}
