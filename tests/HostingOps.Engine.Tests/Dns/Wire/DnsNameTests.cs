using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Tests.Dns.Wire;

public sealed class DnsNameTests
{
    [Fact]
    public void Any_name_survives_the_way_to_text_and_back() =>
        Prop.ForAll(
            DnsGenerators.Name.ToArbitrary(),
            name => DnsName.Parse(name.ToString()).Wire.SequenceEqual(name.Wire)
                && DnsName.Parse(name.IsRoot ? "." : name + ".").Wire.SequenceEqual(name.Wire)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_name_survives_the_way_to_Route_53_and_back() =>
        Prop.ForAll(
            DnsGenerators.Name.ToArbitrary(),
            name => Route53Name.Parse(Route53Name.Encode(name)).Wire.SequenceEqual(name.Wire)
                && Route53Name.Decode(Route53Name.Encode(name.ToString())) == name.ToLower().ToString()).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_that_is_no_name_is_a_format_error_and_nothing_else() =>
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<string>().Where(static text => text is not null).ToArbitrary(),
            static text => Survives(() => DnsName.Parse(text)) && Survives(() => Route53Name.Parse(text))).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_differ_in_more_than_case() =>
        Prop.ForAll(
            DnsGenerators.Name.Two().ToArbitrary(),
            pair => pair.Item1.Equals(pair.Item2) == (pair.Item1.ToLower().ToString() == pair.Item2.ToLower().ToString())
                && pair.Item1.Equals(pair.Item1.ToLower())
                && pair.Item1.GetHashCode() == pair.Item1.ToLower().GetHashCode()).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(@"\052.example.com.", "*.example.com")]
    [InlineData(@"A\101\040b.example.com", @"aa\032b.example.com")]
    [InlineData(@"f\374bar.example.com", @"f\252bar.example.com")]
    [InlineData(@"a\056b.example.com.", @"a\.b.example.com")]
    [InlineData(@"a\134b.example.com.", @"a\\b.example.com")]
    [InlineData("_sip._TCP.Example.COM.", "_sip._tcp.example.com")]
    [InlineData("*.example.com", "*.example.com")]
    [InlineData(".", ".")]
    public void Route_53_names_are_decoded_whole(string route53, string expected) =>
        Assert.Equal(expected, Route53Name.Decode(route53));

    [Theory]
    [InlineData("*.Example.com", @"\052.example.com.")]
    [InlineData(@"a\.b.example.com", @"a\056b.example.com.")]
    [InlineData("_dmarc.x-y.example.com.", "_dmarc.x-y.example.com.")]
    public void Route_53_names_are_encoded_as_it_lists_them(string name, string expected) =>
        Assert.Equal(expected, Route53Name.Encode(name));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a.b..")]
    [InlineData(@"a\")]
    [InlineData(@"a\25")]
    [InlineData(@"a\256.b")]
    [InlineData("a b.example")]
    [InlineData("bücher.example")]
    public void Broken_names_are_refused(string text)
    {
        Assert.Throws<DnsFormatException>(() => DnsName.Parse(text));
        Assert.False(DnsName.TryParse(text, out _));
    }

    [Theory]
    [InlineData(@"\08.example")]
    [InlineData(@"\400.example")]
    [InlineData(@"\389.example")]
    public void Route_53_escapes_are_octal_up_to_377(string text) =>
        Assert.Throws<DnsFormatException>(() => Route53Name.Decode(text));

    [Fact]
    public void A_label_has_63_bytes_and_a_name_255()
    {
        var longest = string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', 61));
        Assert.Equal(DnsName.MaximumLength, DnsName.Parse(longest).Wire.Length);
        Assert.Equal(DnsName.MaximumLength, DnsName.Parse(longest + ".").Wire.Length);
        Assert.Throws<DnsFormatException>(() => DnsName.Parse(longest + "d"));
        Assert.Throws<DnsFormatException>(() => DnsName.Parse(longest + ".e"));
        Assert.Throws<DnsFormatException>(() => DnsName.Parse(new string('a', 64) + ".example"));
        Assert.Null(DnsName.Parse(longest).Wildcard());
    }

    [Theory]
    [InlineData("a.example.com", "example.com", true)]
    [InlineData("EXAMPLE.com", "example.COM", true)]
    [InlineData("a.example.com", ".", true)]
    [InlineData("badexample.com", "example.com", false)]
    [InlineData("example.com", "a.example.com", false)]
    [InlineData(@"x\.example.com", "example.com", false)]
    public void A_name_lies_under_another_by_whole_labels(string name, string ancestor, bool expected) =>
        Assert.Equal(expected, DnsName.Parse(name).IsAtOrBelow(DnsName.Parse(ancestor)));

    [Fact]
    public void Labels_are_counted_and_taken_off_one_by_one()
    {
        var name = DnsName.Parse("a.b.example");
        Assert.Equal(3, name.LabelCount);
        Assert.Equal("b.example", name.Parent!.ToString());
        Assert.Equal("*.a.b.example", name.Wildcard()!.ToString());
        Assert.Null(DnsName.Root.Parent);
    }

    private static bool Survives(Action action)
    {
        try
        {
            action();
        }
        catch (DnsFormatException)
        {
            // The one error that bad text may cause.
        }

        return true;
    }
}
