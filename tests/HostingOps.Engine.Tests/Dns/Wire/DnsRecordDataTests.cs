using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Tests.Dns.Wire;

public sealed class DnsRecordDataTests
{
    [Fact]
    public void Any_data_survives_the_way_to_a_Route_53_value_and_back() =>
        Prop.ForAll(
            DnsGenerators.Data.ToArbitrary(),
            static data => DnsRecordData.Parse(data.Type, data.ToString()).Bytes.Span.SequenceEqual(data.Bytes.Span)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_a_value_or_a_format_error() =>
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<string>().Where(static text => text is not null).ToArbitrary(),
            Gen.Choose(1, 260).ToArbitrary(),
            static (text, type) =>
            {
                _ = DnsRecordData.TryParse((DnsRecordType)type, text, out _);
                _ = DnsRecordData.TryParse((DnsRecordType)type, "0 issue \"" + text + "\"", out _);
                return true;
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("A", "192.0.2.1", "192.0.2.1")]
    [InlineData("AAAA", "2001:0DB8:85a3:0:0:8a2e:0370:7334", "2001:db8:85a3::8a2e:370:7334")]
    [InlineData("CNAME", "Host.Example.com", "Host.Example.com.")]
    [InlineData("CNAME", @"\052.example.com.", @"\052.example.com.")]
    [InlineData("MX", "10  mail.example.com", "10 mail.example.com.")]
    [InlineData("SRV", "1 10 5269 xmpp.example.com.", "1 10 5269 xmpp.example.com.")]
    [InlineData("CAA", "0 issue \"ca.example.com; account=1\"", "0 issue \"ca.example.com; account=1\"")]
    [InlineData("TXT", "\"one\" \"two \\\"quoted\\\" \\\\ \\303\\244\"", "\"one\" \"two \\\"quoted\\\" \\\\ \\303\\244\"")]
    [InlineData("TXT", "\"\"", "\"\"")]
    [InlineData("NS", "ns-2048.awsdns-64.com", "ns-2048.awsdns-64.com.")]
    [InlineData("SOA", "ns.example.net. host.example.com. 1 7200 900 1209600 86400", "ns.example.net. host.example.com. 1 7200 900 1209600 86400")]
    [InlineData("DS", "123 4 5 123456 7890ABCDEF", "123 4 5 1234567890ABCDEF")]
    [InlineData("NAPTR", "100 50 \"u\" \"E2U+sip\" \"!^(\\\\+441632960083)$!sip:\\\\1@example.com!\" .", "100 50 \"u\" \"E2U+sip\" \"!^(\\\\+441632960083)$!sip:\\\\1@example.com!\" .")]
    [InlineData("TYPE65280", "\\# 3 0a0B0c", "\\# 3 0A0B0C")]
    [InlineData("TYPE65280", "\\# 0", "\\# 0")]
    [InlineData("HTTPS", "\\# 3 000100", "\\# 3 000100")]
    public void Values_are_read_as_Route_53_takes_them(string type, string value, string expected) =>
        Assert.Equal(expected, DnsRecordData.Parse(DnsRecordTypeText.Parse(type), value).ToString());

    [Theory]
    [InlineData("A", "192.0.2")]
    [InlineData("A", "192.0.2.256")]
    [InlineData("A", "192.0.02.1")]
    [InlineData("A", "3221225985")]
    [InlineData("A", "2001:db8::1")]
    [InlineData("A", "192.0.2.1 192.0.2.2")]
    [InlineData("AAAA", "192.0.2.1")]
    [InlineData("AAAA", "fe80::1%1")]
    [InlineData("AAAA", "[2001:db8::1]")]
    [InlineData("CNAME", "")]
    [InlineData("CNAME", "a..b")]
    [InlineData("CNAME", "a.example b.example")]
    [InlineData("MX", "mail.example.com")]
    [InlineData("MX", "65536 mail.example.com")]
    [InlineData("MX", "-1 mail.example.com")]
    [InlineData("TXT", "unquoted")]
    [InlineData("TXT", "\"open")]
    [InlineData("TXT", "\"ä\"")]
    [InlineData("TXT", "\"\\9\"")]
    [InlineData("CAA", "256 issue \"ca.example\"")]
    [InlineData("CAA", "0 is-sue \"ca.example\"")]
    [InlineData("TYPE65280", "\\# 2 0a")]
    [InlineData("TYPE65280", "\\# 1 xx")]
    [InlineData("TYPE65280", "0a")]
    public void Values_that_do_not_fit_are_refused(string type, string value) =>
        Assert.Throws<DnsFormatException>(() => DnsRecordData.Parse(DnsRecordTypeText.Parse(type), value));

    [Fact]
    public void A_text_string_has_255_bytes()
    {
        Assert.Equal(256, DnsRecordData.Parse(DnsRecordType.TXT, $"\"{new string('a', 255)}\"").Bytes.Length);
        Assert.Throws<DnsFormatException>(() => DnsRecordData.Parse(DnsRecordType.TXT, $"\"{new string('a', 256)}\""));
    }

    [Fact]
    public void Names_in_data_are_compared_without_case_and_texts_with_it()
    {
        Assert.Equal(Data("CNAME", "Host.Example"), Data("CNAME", "host.example."));
        Assert.Equal(Data("CNAME", "Host.Example").GetHashCode(), Data("CNAME", "host.example.").GetHashCode());
        Assert.Equal(Data("MX", "10 Mail.Example"), Data("MX", "10 mail.example"));
        Assert.NotEqual(Data("TXT", "\"A\""), Data("TXT", "\"a\""));
        Assert.NotEqual(Data("CAA", "0 issue \"A\""), Data("CAA", "0 issue \"a\""));
        Assert.NotEqual(Data("CNAME", "host.example"), Data("NS", "host.example"));
    }

    [Fact]
    public void Bytes_that_are_not_of_the_type_are_refused()
    {
        Assert.Throws<DnsFormatException>(() => DnsRecordData.FromBytes(DnsRecordType.A, [1, 2, 3]));
        Assert.Throws<DnsFormatException>(() => DnsRecordData.FromBytes(DnsRecordType.A, [1, 2, 3, 4, 5]));
        Assert.Throws<DnsFormatException>(() => DnsRecordData.FromBytes(DnsRecordType.TXT, []));
        Assert.Throws<DnsFormatException>(() => DnsRecordData.FromBytes(DnsRecordType.TXT, [2, 65]));
        Assert.Throws<DnsFormatException>(() => DnsRecordData.FromBytes(DnsRecordType.CAA, [0, 9, 65]));
    }

    [Theory]
    [InlineData("aaaa", DnsRecordType.AAAA)]
    [InlineData("TYPE257", DnsRecordType.CAA)]
    [InlineData("type65280", (DnsRecordType)65280)]
    public void Types_are_read_by_name_or_number(string text, DnsRecordType expected)
    {
        Assert.Equal(expected, DnsRecordTypeText.Parse(text));
        Assert.Equal(expected, DnsRecordTypeText.Parse(expected.ToText()));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("A, AAAA")]
    [InlineData("TYPE70000")]
    [InlineData("NONSENSE")]
    [InlineData("")]
    public void Other_words_are_no_types(string text) => Assert.False(DnsRecordTypeText.TryParse(text, out _));

    private static DnsRecordData Data(string type, string value) => DnsRecordData.Parse(DnsRecordTypeText.Parse(type), value);
}
