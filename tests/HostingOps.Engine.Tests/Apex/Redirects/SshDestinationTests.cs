namespace HostingOps.Engine.Tests.Apex.Redirects;

public sealed class SshDestinationTests
{
    [Theory]
    [InlineData("redirector", null, "redirector", null)]
    [InlineData("admin@198.51.100.99", "admin", "198.51.100.99", null)]
    [InlineData("admin@apex.example:2222", "admin", "apex.example", 2222)]
    [InlineData("admin@[2001:db8::1]:22", "admin", "2001:db8::1", 22)]
    [InlineData("admin@2001:db8::1", "admin", "2001:db8::1", null)]
    public void A_destination_is_taken_apart_and_written_again(string text, string? user, string host, int? port)
    {
        Assert.True(SshDestination.TryParse(text, out var destination));
        Assert.Equal(new SshDestination(user, host, port), destination);
        Assert.Equal(text, destination.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("@host")]
    [InlineData("admin@")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("admin@-oProxyCommand=x")]
    [InlineData("-l@host")]
    [InlineData("a b@host")]
    [InlineData("admin@host;id")]
    [InlineData("admin@$(id)")]
    [InlineData("admin@host:0")]
    [InlineData("admin@host:65536")]
    [InlineData("admin@host:22x")]
    [InlineData("admin@host:")]
    [InlineData("admin@[host]:22")]
    [InlineData("admin@[2001:db8::1")]
    [InlineData("admin@fe80::1%eth0")]
    [InlineData("admin@a@b")]
    [InlineData("admin@host\n")]
    [InlineData("ädmin@host")]
    public void What_ssh_or_a_shell_could_take_for_more_is_refused(string text)
    {
        Assert.False(SshDestination.TryParse(text, out _));
    }
}
