using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class HookPlaceholdersTests
{
    [Fact]
    public void Every_name_has_a_value_for_a_full_site()
    {
        var site = InventoryYaml.Load(InventoryYaml.Site("repository: r")
            .Replace("203.0.113.10 }", "203.0.113.10, addressV6: \"2001:db8::1\", ssh: a@b }", StringComparison.Ordinal)
            .Replace("198.51.100.7 }", "198.51.100.7, addressV6: \"2001:db8::2\", ssh: a@c }", StringComparison.Ordinal)).Sites[0];

        // A host has addresses or a cname, never both.
        Assert.Equal(["standby.cname", "active.cname"], HookPlaceholders.Names.Where(name => !HookPlaceholders.HasValue(site, name)));
    }
}
