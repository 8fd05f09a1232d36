using HostingOps.Engine.Inventory;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Failover.Hooks;

namespace HostingOps.Engine.Tests.Failover.Hooks;

public sealed class HookTemplateTests
{
    private static readonly SiteHost Active = new()
    {
        Name = "do-1", Provider = "digitalocean", Address = "203.0.113.10", AddressV6 = "2001:db8::10", Ssh = "deploy@203.0.113.10",
    };

    private static readonly SiteHost Standby = new() { Name = "li-1", Provider = "linode", Cname = "li-1.example.net" };

    private static readonly HostedSite Site = new()
    {
        Name = "acme",
        Domain = "acme-legal.example",
        Record = "acme.sites.example.net",
        Zone = "sites.example.net",
        Primary = Active,
        Secondary = Standby,
        Repository = "https://git.example/acme.git",
    };

    private static readonly HookContext Context = new(Site, Active, Standby, "01OP");

    [Theory]
    [InlineData("{{active.name}}", "do-1")]
    [InlineData("{{active.address}}", "203.0.113.10")]
    [InlineData("[{{active.addressV6}}]", "[2001:db8::10]")]
    [InlineData("{{ active.ssh }}", "deploy@203.0.113.10")]
    [InlineData("{{active.provider}}>{{standby.provider}}", "digitalocean>linode")]
    [InlineData("{{standby.name}}", "li-1")]
    [InlineData("{{standby.cname}}", "li-1.example.net")]
    [InlineData("--host={{standby.cname}}", "--host=li-1.example.net")]
    [InlineData("{{site.name}}", "acme")]
    [InlineData("{{site.domain}}", "acme-legal.example")]
    [InlineData("{{site.record}}", "acme.sites.example.net")]
    [InlineData("{{site.repository}}", "https://git.example/acme.git")]
    [InlineData("{{operation.id}}", "01OP")]
    [InlineData("no placeholder } } {", "no placeholder } } {")]
    [InlineData("", "")]
    [InlineData("-x", "-x")]
    public void Every_placeholder_has_its_value(string template, string expected) =>
        Assert.Equal(["run", expected], HookTemplate.Expand(Hook("run", template), Context));

    [Fact]
    public void The_list_of_placeholders_is_complete()
    {
        var full = new SiteHost { Name = "n", Provider = "p", Address = "a", AddressV6 = "6", Cname = "c", Ssh = "s" };

        foreach (var placeholder in HookPlaceholders.Names)
        {
            Assert.NotEmpty(HookTemplate.Expand(Hook("run", "{{" + placeholder + "}}"), Context with { Active = full, Standby = full })[1]);
        }

        Assert.Equal(17, HookPlaceholders.Names.Count);
    }

    [Theory]
    [InlineData("{{standby.adress}}", "standby.adress")]
    [InlineData("{{Standby.name}}", "Standby.name")]
    [InlineData("{{}}", "{{}}")]
    [InlineData("{{.Names}}", ".Names")]
    [InlineData("{{standby.address}}", "standby.address")]
    [InlineData("a {{active.name", "never closes")]
    public void A_placeholder_that_is_unknown_unclosed_or_without_value_is_named(string template, string named)
    {
        var error = Assert.Throws<HostingException>(() => HookTemplate.Expand(Hook("run", template), Context));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("acme", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_is_not_known_has_no_values()
    {
        var error = Assert.Throws<HostingException>(
            () => HookTemplate.Expand(Hook("run", "{{active.name}}"), Context with { Active = null }));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
    }

    [Fact]
    public void A_value_is_never_split_or_expanded_again()
    {
        var nasty = Active with { Name = "{{site.name}} $(reboot); 'a' \"b\" *" };

        var argv = HookTemplate.Expand(Hook("run", "x{{active.name}}y", "z"), Context with { Active = nasty });

        Assert.Equal(["run", "x{{site.name}} $(reboot); 'a' \"b\" *y", "z"], argv);
    }

    [Theory]
    [InlineData("{{active.name}}", "-oProxyCommand=reboot")]
    [InlineData("{{active.name}}x", "--")]
    public void A_value_can_not_turn_an_argument_into_an_option(string template, string value)
    {
        var error = Assert.Throws<HostingException>(
            () => HookTemplate.Expand(Hook("ssh", template), Context with { Active = Active with { Name = value } }));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("option", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["ssh", "deploy@" + value],
            HookTemplate.Expand(Hook("ssh", "deploy@{{active.name}}"), Context with { Active = Active with { Name = value } }));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u001b[2J")]
    public void A_value_with_control_characters_is_refused(string value) => Assert.Equal(
        ErrorIds.InvalidArgument,
        Assert.Throws<HostingException>(
            () => HookTemplate.Expand(Hook("run", "{{active.name}}"), Context with { Active = Active with { Name = value } })).ErrorId);

    [Fact]
    public void A_hook_without_a_program_is_refused()
    {
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => HookTemplate.Expand(Hook(), Context)).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => HookTemplate.Expand(Hook(" "), Context)).ErrorId);
    }

    [Fact]
    public void A_plan_shows_everything_but_the_operations_id_which_is_bound_later()
    {
        var hook = Hook("run", "{{standby.name}}", "--op={{ operation.id }}") with { Timeout = TimeSpan.FromSeconds(7) };

        var planned = HookTemplate.Plan(HookStage.Promote, hook, Context with { OperationId = null });

        Assert.Equal((HookStage.Promote, TimeSpan.FromSeconds(7)), (planned.Stage, planned.Timeout));
        Assert.Equal(["run", "li-1", "--op={{operation.id}}"], planned.Argv);
        Assert.Equal(["run", "li-1", "--op=01OP"], HookTemplate.Bind(planned, "01OP").Argv);
        var value = Active with { Name = "{{operation.id}}" };
        Assert.Throws<HostingException>(() => HookTemplate.Plan(HookStage.Fence, Hook("run", "{{active.name}}"), Context with { Active = value }));
        Assert.Throws<HostingException>(() => HookTemplate.Expand(Hook("run", "{{operation.id}}"), Context with { OperationId = null }));
    }

    [Fact]
    public void Whatever_the_value_it_stays_within_its_own_argument()
    {
        var values = ArbMap.Default.ArbFor<NonEmptyString>().Filter(text => !text.Get.Any(char.IsControl));
        Prop.ForAll(values, text => HookTemplate.Expand(Hook("run", "<{{active.name}}>", "end"), Context with { Active = Active with { Name = text.Get } })
            .SequenceEqual(["run", $"<{text.Get}>", "end"])).QuickCheckThrowOnFailure();
    }

    private static Hook Hook(params string[] argv) => new() { Argv = argv };
}
