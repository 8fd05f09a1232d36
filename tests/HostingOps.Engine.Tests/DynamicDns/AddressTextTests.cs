using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.DynamicDns.Asking;

namespace HostingOps.Engine.Tests.DynamicDns;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("5.9.1.1")]
    [InlineData("5.9.1.1\n")]
    [InlineData(" 5.9.1.1\r\n")]
    [InlineData("{\"ip\":\"5.9.1.1\"}")]
    [InlineData("{ \"ip\" : \"5.9.1.1\" }\n")]
    public void One_address_and_nothing_else_is_an_answer(string body) =>
        Assert.Equal(IPAddress.Parse("5.9.1.1"), Read(body).Address);

    [Theory]
    [InlineData("", "nothing")]
    [InlineData(" \n", "nothing")]
    [InlineData("<html><body>5.9.1.1</body></html>", "HTML")]
    [InlineData("  <!DOCTYPE html>", "HTML")]
    [InlineData("5.9.1.1, 5.9.1.2", "more than one")]
    [InlineData("5.9.1.1\n5.9.1.2", "more than one")]
    [InlineData("Current IP Address: 5.9.1.1", "more than one address, or a text")]
    [InlineData("5.9.1", "no address")]
    [InlineData("5.9.1.01", "no address")]
    [InlineData("5.9.1.256", "no address")]
    [InlineData("84475137", "no address")]
    [InlineData("0x5.9.1.1", "no address")]
    [InlineData("5.9.1.1:80", "no address")]
    [InlineData("5.9.1.1/32", "no address")]
    [InlineData("{\"ip\":\"5.9.1.1\",\"country\":\"XX\"}", "JSON")]
    [InlineData("{\"ip\":84475137}", "JSON")]
    [InlineData("{\"origin\":\"5.9.1.1\"}", "JSON")]
    [InlineData("{\"ip\":\"5.9.1.1\"", "JSON")]
    [InlineData("\"5.9.1.1\"", "no address")]
    [InlineData("192.168.1.1", "private")]
    [InlineData("100.64.1.1", "carrier NAT")]
    [InlineData("203.0.113.1", "documentation")]
    [InlineData("2a01:4f8::1", "the other address family")]
    [InlineData("::ffff:5.9.1.1", "no address")]
    public void Anything_else_is_refused_with_its_reason(string body, string says)
    {
        var reading = Read(body);

        Assert.Null(reading.Address);
        Assert.True(reading.Answered);
        Assert.Contains(says, reading.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2a01:4f8::1", true)]
    [InlineData("2A01:04F8:0:0::1", true)]
    [InlineData("2a01:4f8::1%eth0", false)]
    [InlineData("[2a01:4f8::1]", false)]
    [InlineData("fe80::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("5.9.1.1", false)]
    public void IPv6_is_read_as_strictly(string body, bool good) =>
        Assert.Equal(good ? IPAddress.Parse("2a01:4f8::1") : null, AddressText.Read(Encoding.ASCII.GetBytes(body), AddressFamily.InterNetworkV6).Address);

    [Fact]
    public void No_bytes_ever_make_an_address_that_they_do_not_spell()
    {
        Prop.ForAll<byte[]>(static bytes =>
        {
            var reading = AddressText.Read(bytes, AddressFamily.InterNetwork);
            Assert.True(reading.Address is null || Encoding.ASCII.GetString(bytes).Contains(reading.Address.ToString(), StringComparison.Ordinal));
            Assert.True((reading.Address is null) != (reading.Problem is null));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_strangers_text_is_never_repeated()
    {
        Assert.DoesNotContain("evil", Read("evil \u0007 text").Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", Read("{\"evil\": \"text\"}").Problem, StringComparison.Ordinal);
        Assert.Contains("other characters", Read("5.9.1.1\u0000").Problem, StringComparison.Ordinal);
        Assert.Contains("more than 512 bytes", Read(new string('5', 513)).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_culture_makes_no_difference(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal("5.9.1.1", Read("{\"ip\":\"5.9.1.1\"}").Address!.ToString());
            Assert.Equal("icanhazip.com", AddressSource.Parse("https://ICANHAZIP.com/").Operator);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static AddressReading Read(string body) => AddressText.Read(Encoding.UTF8.GetBytes(body), AddressFamily.InterNetwork);
}
