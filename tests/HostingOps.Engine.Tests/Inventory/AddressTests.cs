using System.Net;
using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class AddressTests
{
    [Theory]
    [InlineData("203.0.113.10", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("1", false)]
    [InlineData("0x7f.1", false)]
    [InlineData("127.1", false)]
    [InlineData("203.0.113.010", false)]
    [InlineData("256.0.0.1", false)]
    [InlineData("203.0.113.10 ", false)]
    [InlineData("٢.0.0.1", false)]
    public void IPv4_is_four_decimal_numbers(string text, bool expected) => Assert.Equal(expected, AddressSyntax.ReadIPv4(text) is not null);

    [Theory]
    [InlineData("2001:db8::1", true)]
    [InlineData("::1", true)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("[2001:db8::1]", false)]
    [InlineData("::ffff:203.0.113.10", false)]
    [InlineData("2001:db8::/32", false)]
    [InlineData("203.0.113.10", false)]
    public void IPv6_has_no_zone_brackets_or_mapped_IPv4(string text, bool expected) => Assert.Equal(expected, AddressSyntax.ReadIPv6(text) is not null);

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("100.64.0.1", true)]
    [InlineData("169.254.1.1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("203.0.113.10", false)]
    [InlineData("127.0.0.2", false)]
    [InlineData("::1", false)]
    [InlineData("2001:db8::1", false)]
    public void Private_addresses_are_doubted_but_not_those_of_rehearsals(string text, bool expected) => Assert.Equal(expected, AddressSyntax.NotPublic(IPAddress.Parse(text)) is not null);

    [Theory]
    [InlineData("127.0.0.1:8443", false, false, true)]
    [InlineData("[::1]:8443", false, false, true)]
    [InlineData("localhost:8443", true, false, true)]
    [InlineData("localhost:8443", false, false, false)]
    [InlineData("127.0.0.1", false, true, true)]
    [InlineData("::1", false, true, true)]
    [InlineData("127.0.0.1", false, false, false)]
    [InlineData("127.0.0.1:0", true, true, false)]
    [InlineData("127.0.0.1:65536", true, true, false)]
    [InlineData(":443", true, true, false)]
    public void Endpoints_have_an_address_and_a_port(string text, bool allowName, bool portOptional, bool expected) =>
        Assert.Equal(expected, AddressSyntax.IsEndpoint(text, allowName, portOptional));
}
