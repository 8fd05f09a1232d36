using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class DomainTests
{
    [Theory]
    [InlineData("acme.example", "acme.example")]
    [InlineData("ACME.Example.", "acme.example")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("日本語.example", "xn--wgv71a119e.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("a-b.co.example", "a-b.co.example")]
    public void A_domain_becomes_lower_case_ASCII(string text, string expected)
    {
        Assert.Equal(expected, DomainSyntax.Read(text, out _, out _));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("203.0.113.10")]
    [InlineData("acme.example:443")]
    [InlineData("acme..example")]
    [InlineData("-acme.example")]
    [InlineData("acme-.example")]
    [InlineData("*.acme.example")]
    [InlineData("ac me.example")]
    [InlineData("xn--\u00e9.example")]
    [InlineData("xn--a-\u0001.example")]
    [InlineData(".")]
    public void What_is_no_bare_domain_is_refused_with_the_reason(string text)
    {
        Assert.Null(DomainSyntax.Read(text, out var problem, out _));
        Assert.NotEqual("", problem);
    }

    [Fact]
    public void Lengths_are_held_to_the_limits_with_room_for_www()
    {
        var label = new string('a', 63);
        Assert.NotNull(DomainSyntax.Read($"{label}.example", out _, out _));
        Assert.Null(DomainSyntax.Read($"a{label}.example", out _, out _));
        Assert.NotNull(DomainSyntax.Read($"{label}.{label}.{label}.{new string('b', 57)}", out _, out _));
        Assert.Null(DomainSyntax.Read($"{label}.{label}.{label}.{new string('b', 58)}", out _, out _));
    }

    [Theory]
    [InlineData("раураӏ.example", "look like Latin")]
    [InlineData("gооgle.example", "mixes")]
    [InlineData("кафе-москва.example", null)]
    [InlineData("bücher.example", null)]
    [InlineData("日本語abc.example", null)]
    [InlineData("acme.example", null)]
    public void Look_alikes_are_told_from_honest_names(string text, string? says)
    {
        var doubt = DomainSyntax.LookAlike(DomainSyntax.Read(text, out _, out _)!);

        if (says is null)
        {
            Assert.Null(doubt);
        }
        else
        {
            Assert.Contains(says, doubt, StringComparison.Ordinal);
        }
    }
}
