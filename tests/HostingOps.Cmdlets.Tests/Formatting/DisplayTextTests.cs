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
    public void A_time_is_shown_in_UTC_whatever_the_readers_zone()
    {
        Assert.Equal("2026-03-01 12:00:00Z (now)", DisplayText.Time(Noon, Noon.ToOffset(TimeSpan.FromHours(2))));
    }

    [Theory]
    [InlineData("Ansi", true, true)]
    [InlineData("Host", false, true)]
    [InlineData("Host", true, false)]
    [InlineData("PlainText", false, false)]
    public void Colour_is_there_only_where_it_is_wanted(string rendering, bool redirected, bool coloured)
    {
        Assert.Equal(coloured ? "\u001b[31mDown\u001b[0m" : "Down", StatusColour.Paint("Down", "\u001b[31m", rendering, redirected));
    }

    [Fact]
    public void Gates_are_marked_by_their_answer()
    {
        var text = FailoverText.Gates(new FailoverGate[]
        {
            new FailoverGate(GateName.ActiveDown, GateOutcome.Passed, "a"),
            new FailoverGate(GateName.Cooldown, GateOutcome.Refused, "b"),
            new FailoverGate(GateName.FleetLimit, GateOutcome.Overridden, "c"),
            new FailoverGate(GateName.ObserverSane, GateOutcome.Unknown, "d"),
        });

        Assert.Equal(["+ ActiveDown       a", "- Cooldown         b", "! FleetLimit       c", "? ObserverSane     d"], text.Split('\n'));
    }

    [Fact]
    public void Changes_stand_on_a_line_per_record_type()
    {
        DnsRecordSet[] before = [Record("A", "203.0.113.10"), Record("AAAA", "2001:db8:1::10")];
        DnsRecordSet[] after = [Record("A", "198.51.100.7")];

        Assert.Equal("A 203.0.113.10 -> 198.51.100.7\nAAAA 2001:db8:1::10 -> none", RecordText.Changes(before, after));
        Assert.Equal("A 198.51.100.7", RecordText.Changes(after, after));
        Assert.Equal("203.0.113.10 +1", RecordText.Values(before));
        Assert.Equal("198.51.100.7", RecordText.Values(after));
        Assert.Equal("", RecordText.Values(null));
    }

    [Fact]
    public void An_operation_is_named_by_the_beginning_of_its_id()
    {
        Assert.Equal("01KJM5C3S0AB", DisplayText.OperationId("01KJM5C3S0ABCDEFGHJKMNPQRS"));
        Assert.Equal("", DisplayText.OperationId(null));
    }

    private static DnsRecordSet Record(string type, string value) =>
        new() { Name = "acme.sites.example.net", Type = type, Ttl = 60, Values = [value] };
}
