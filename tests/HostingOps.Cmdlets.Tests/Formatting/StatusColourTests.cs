using HostingOps.Cmdlets.Formatting;

namespace HostingOps.Cmdlets.Tests.Formatting;

public sealed class StatusColourTests
{
    [Fact]
    public void Every_status_has_a_colour()
    {
        var words = Enum.GetNames<SiteStatus>().Concat(Enum.GetNames<DnsTargetState>()).Concat(Enum.GetNames<GateOutcome>())
            .Concat(Enum.GetNames<FailoverOutcome>()).Concat(Enum.GetNames<FindingSeverity>());

        Assert.All(words, word => Assert.NotNull(StatusColour.Name(word)));
        Assert.Null(StatusColour.Name("acme"));
    }

    [Theory]
    [InlineData("Healthy", "Green")]
    [InlineData("Refused", "Red")]
    [InlineData("SwitchedWithWarnings", "Yellow")]
    [InlineData("Unknown", "Magenta")]
    public void A_colour_says_how_it_stands(string word, string colour)
    {
        Assert.Equal(colour, StatusColour.Name(word));
    }

    [Fact]
    public void Without_a_style_there_is_no_colour()
    {
        Assert.Equal("Down", DisplayText.Status(SiteStatus.Down, null));
        Assert.Equal("", DisplayText.Status(null, null));
    }
}
