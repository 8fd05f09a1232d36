using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class NameSuggestionTests
{
    [Theory]
    [InlineData("recrod", "record")]
    [InlineData("Timeout", "timeout")]
    [InlineData("time-out", "timeout")]
    [InlineData("confirmintervall", "confirmInterval")]
    [InlineData("tll", "ttl")]
    [InlineData("tlt", "ttl")]
    [InlineData("repo", "repository")]
    [InlineData("zzz", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_suggested_or_none(string name, string? expected)
    {
        Assert.Equal(expected, NameSuggestion.Nearest(name, ["record", "timeout", "confirmInterval", "ttl", "repository", "yy"]));
    }

    [Fact]
    public void Of_several_the_nearest_wins_and_of_equals_the_first()
    {
        Assert.Equal("abcd", NameSuggestion.Nearest("abce", ["abxy", "abcd", "abcf"]));
        Assert.Equal("site-12", NameSuggestion.Nearest("site-1", ["site-12", "site-13"]));
    }

    [Fact]
    public void A_beginning_that_fits_several_suggests_none()
    {
        Assert.Null(NameSuggestion.Nearest("clin", ["clinic-north", "clinic-south"]));
    }
}
