using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class HookPlaceholdersTests
{
    [Fact]
    public void An_argument_is_filled_in_place_and_unknown_braces_are_left_alone()
    {
        var filled = HookPlaceholders.Fill("deploy@{{standby.address}}:{{site.name}} {{other}}", static name => name.ToUpperInvariant());

        Assert.Equal("deploy@STANDBY.ADDRESS:SITE.NAME {{other}}", filled);
    }

    [Fact]
    public void What_is_filled_in_is_not_filled_again()
    {
        Assert.Equal("{{site.name}}", HookPlaceholders.Fill("{{site.domain}}", static _ => "{{site.name}}"));
    }

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
