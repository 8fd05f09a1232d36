using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "ab", false)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b*", "xxbxxaxx", false)]
    [InlineData("a?c", "ABC", true)]
    [InlineData("[a-c]x", "Bx", true)]
    [InlineData("[A-C]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[]]", "]", true)]
    [InlineData("[a`-c]", "-", true)]
    [InlineData("[a`-c]", "b", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("`*", "*", true)]
    [InlineData("`*", "a", false)]
    [InlineData("a`", "a`", true)]
    [InlineData("a`[b", "a[b", true)]
    [InlineData("x]", "x]", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void A_pattern_matches_as_PowerShell_has_it(string pattern, string name, bool expected)
    {
        Assert.Equal(expected, NamePattern.Parse(pattern).IsMatch(name));
    }

    [Fact]
    public void An_escaped_name_matches_itself_and_is_a_literal()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), static text =>
        {
            var pattern = NamePattern.Parse(NamePattern.Escape(text.Get));
            return !pattern.HasWildcards && pattern.Literal == text.Get && pattern.IsMatch(text.Get);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Stars_match_whatever_lies_between_the_parts()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>[]>(), static parts =>
        {
            var pattern = string.Join('*', parts.Select(static part => NamePattern.Escape(part.Get)));
            return NamePattern.Parse(pattern).IsMatch(string.Join("between", parts.Select(static part => part.Get)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Many_stars_do_not_take_forever()
    {
        Assert.False(NamePattern.Parse(string.Concat(Enumerable.Repeat("a*", 60)) + "b").IsMatch(new string('a', 5000)));
    }
}
