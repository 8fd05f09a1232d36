using HostingOps.Cmdlets.Formatting;

namespace HostingOps.Cmdlets.Tests.Formatting;

public sealed class ViewTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_time_is_told_by_the_clock_it_is_given()
    {
        var clock = new StoppedClock(Noon);

        Assert.Equal("2026-03-01 11:56:00Z (4 min ago)", DisplayText.Time(Noon.AddMinutes(-4), clock));
        Assert.Equal("2026-03-01 11:56:00Z (4 min ago)", DisplayText.Time(Noon.AddMinutes(-4).ToOffset(TimeSpan.FromHours(2)), clock));
        Assert.Equal("2026-03-13 12:00Z\nin 12 d", DisplayText.Minute(Noon.AddDays(12), clock));
        Assert.Equal("2026-03-01 12:00:00Z (now)", DisplayText.Time(Noon.UtcDateTime, clock));
        Assert.Equal("", DisplayText.Time(null, clock));
    }

    [Theory]
    [InlineData(0.25, "0.25 s")]
    [InlineData(90, "90 s")]
    [InlineData(900, "15 min")]
    [InlineData(172800, "2 d")]
    public void A_duration_has_its_unit(double seconds, string expected)
    {
        Assert.Equal(expected, DisplayText.Duration(TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void Elapsed_time_needs_both_ends()
    {
        Assert.Equal("2.25 s", DisplayText.Elapsed(Noon, Noon.AddSeconds(2.25)));
        Assert.Equal("", DisplayText.Elapsed(Noon, null));
    }

    [Fact]
    public void A_command_shows_where_its_words_end()
    {
        Assert.Equal("announce 'two words' ''", InventoryText.Command(new[] { "announce", "two words", "" }));
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
