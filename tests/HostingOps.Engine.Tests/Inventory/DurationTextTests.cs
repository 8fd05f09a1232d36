using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("5s", 5_000)]
    [InlineData("15m", 900_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData("0s", 0)]
    public void A_number_and_a_unit_are_a_duration(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, (long)duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("5S")]
    [InlineData("1.5h")]
    [InlineData("1h30m")]
    [InlineData("00:00:05")]
    [InlineData("36501d")]
    [InlineData("99999999999999999999s")]
    [InlineData("٥s")]
    public void Anything_else_is_none(string text)
    {
        Assert.False(DurationText.TryParse(text, out _));
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), static milliseconds =>
        {
            var duration = TimeSpan.FromMilliseconds(milliseconds);
            return DurationText.TryParse(DurationText.Format(duration), out var back) && back == duration;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("5", "5s")]
    [InlineData("1.5h", "90m")]
    [InlineData("5 sec", "5s")]
    [InlineData("2 Minutes", "2m")]
    [InlineData("soon", null)]
    public void A_near_miss_gets_a_suggestion(string text, string? expected)
    {
        Assert.Equal(expected, DurationText.Suggest(text));
    }
}
