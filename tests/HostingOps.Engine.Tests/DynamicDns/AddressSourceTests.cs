using HostingOps.Engine.DynamicDns;
using HostingOps.Engine.DynamicDns.Asking;

namespace HostingOps.Engine.Tests.DynamicDns;

public sealed class AddressSourceTests
{
    [Theory]
    [InlineData("https://api.ipify.org/", "ipify.org")]
    [InlineData("https://api64.ipify.org/?format=json", "ipify.org")]
    [InlineData("https://127.0.0.1:8443/", "127.0.0.1:8443")]
    [InlineData("https://localhost:8443/", "localhost:8443")]
    [InlineData("dns:myip.opendns.com@resolver1.opendns.com", "opendns.com")]
    [InlineData("dns:o-o.myaddr.l.google.com/TXT@ns1.google.com", "google.com")]
    [InlineData("dns:whoami.cloudflare/TXT/CH@1.1.1.1", "whoami.cloudflare")]
    [InlineData("dns:whoami.cloudflare/TXT/CH@[2606:4700:4700::1111]:53", "whoami.cloudflare")]
    [InlineData("dns:myip.example/AAAA@2001:db8::1", "myip.example")]
    [InlineData("dns:myip.example@ns.example:5300", "myip.example")]
    [InlineData("interface:eth0", "interface:eth0")]
    [InlineData("command:[\"/usr/bin/ssh\",\"router\",\"show address\"]", "command ssh")]
    public void A_source_is_read_and_has_an_operator(string text, string operatorName)
    {
        var source = AddressSource.Parse(text);

        Assert.Equal(text, source.Text);
        Assert.Equal(operatorName, source.Operator);
    }

    [Fact]
    public void A_command_may_be_written_with_spaces()
    {
        var source = AddressSource.Parse("command:router-ip --wan  1");

        Assert.Equal(["router-ip", "--wan", "1"], source.Argv);
        Assert.Equal(source.Argv, AddressSource.Parse(source.Text).Argv);
    }

    [Theory]
    [InlineData("ip.example")]
    [InlineData("ftp://ip.example/")]
    [InlineData("https://me:hunter2@ip.example/")]
    [InlineData("dns:")]
    [InlineData("dns:myip.example")]
    [InlineData("dns:@192.0.2.1")]
    [InlineData("dns:myip.example@")]
    [InlineData("dns:myip.example/MX@192.0.2.1")]
    [InlineData("dns:myip.example/TXT/HS@192.0.2.1")]
    [InlineData("dns:myip.example/TXT/CH/x@192.0.2.1")]
    [InlineData("dns:myip..example@192.0.2.1")]
    [InlineData("dns:myip.example@192.0.2.1:0")]
    [InlineData("dns:myip.example@ns.example:70000")]
    [InlineData("dns:myip.example@-ns.example")]
    [InlineData("interface:")]
    [InlineData("interface:eth\u00000")]
    [InlineData("command:")]
    [InlineData("command:[]")]
    [InlineData("command:[\"a\",null]")]
    [InlineData("command:[\"\"]")]
    [InlineData("command:[\"a\",\"b\\nc\"]")]
    [InlineData("command:[1]")]
    [InlineData("command:[\"a\"")]
    public void What_is_no_source_is_refused_without_its_password(string text)
    {
        var error = Assert.Throws<HostingException>(() => AddressSource.Parse(text));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.DoesNotContain("hunter2", error.Message + error.Target, StringComparison.Ordinal);
    }

    [Fact]
    public void The_built_in_sources_are_of_five_operators() => Assert.Equal(
        5, PublicAddressSources.Default.Select(static text => AddressSource.Parse(text).Operator).Distinct().Count());
}
