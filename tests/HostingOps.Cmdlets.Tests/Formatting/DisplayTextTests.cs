using HostingOps.Cmdlets.Formatting;

namespace HostingOps.Cmdlets.Tests.Formatting;

public sealed class DisplayTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "now")]
    [InlineData(-45, "45 s ago")]
    [InlineData(-300, "5 min ago")]
    [InlineData(-3 * 3600, "3 h ago")]
    [InlineData(-12 * 86400, "12 d ago")]
    [InlineData(7200, "in 2 h")]
    public void A_time_is_told_by_its_distance(int seconds, string expected)
    {
        Assert.Equal(expected, DisplayText.Relative(Noon.AddSeconds(seconds), Noon));
    }

    [Fact]
    public void A_time_is_shown_in_the_readers_zone()
    {
        Assert.Equal("2026-03-01 14:00:00 (now)", DisplayText.Time(Noon, Noon.ToOffset(TimeSpan.FromHours(2))));
    }

    [Theory]
    [InlineData("Ansi", true, true)]
    [InlineData("Host", false, true)]
    [InlineData("Host", true, false)]
    [InlineData("PlainText", false, false)]
    public void Colour_is_there_only_where_it_is_wanted(string rendering, bool redirected, bool coloured)
    {
        Assert.Equal(coloured ? "\u001b[31mDown\u001b[0m" : "Down", DisplayText.Coloured("Down", "\u001b[31m", rendering, redirected));
    }

    [Fact]
    public void Gates_are_marked_by_their_answer()
    {
        var text = DisplayText.Gates(
        [
            new FailoverGate(GateName.ActiveDown, GateOutcome.Passed, "a"),
            new FailoverGate(GateName.Cooldown, GateOutcome.Refused, "b"),
            new FailoverGate(GateName.FleetLimit, GateOutcome.Overridden, "c"),
            new FailoverGate(GateName.ObserverSane, GateOutcome.Unknown, "d"),
        ]);

        Assert.Equal(["+ ActiveDown       a", "- Cooldown         b", "! FleetLimit       c", "? ObserverSane     d"], text.Split('\n'));
    }
}
