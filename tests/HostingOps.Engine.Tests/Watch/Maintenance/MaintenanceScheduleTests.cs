using System.Globalization;
using HostingOps.Engine.Tests.Watch.Verdicts;
using HostingOps.Engine.Watch.Maintenance;

namespace HostingOps.Engine.Tests.Watch.Maintenance;

public sealed class MaintenanceScheduleTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
        "Pacific/Chatham", "Africa/Casablanca", "America/Santiago", "Asia/Tehran", "America/Caracas", "Europe/Istanbul",
    ];

    [Theory]
    [InlineData("2026-03-29T00:59:00Z", "2026-03-29T01:30:00Z", "the clock goes from 02:00 to 03:00: 02:30 is read as 03:30 summer time")]
    [InlineData("2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "02:30 comes twice: the first, in summer time")]
    [InlineData("2026-10-25T03:00:00Z", "2026-11-01T01:30:00Z", "the second 02:30 is none of its own; next week's is winter time")]
    [InlineData("2026-07-01T00:00:00Z", "2026-07-05T00:30:00Z", "in summer")]
    public void A_weekly_window_begins_by_the_wall_clock(string now, string begins, string why)
    {
        var found = new MaintenanceSchedule(Sundays("02:30", TimeSpan.FromHours(2))).At(At(now));

        Assert.True(found!.Value.From == At(begins), why);
        Assert.Equal(TimeSpan.FromHours(2), found.Value.To - found.Value.From);
    }

    [Fact]
    public void A_window_over_a_clock_change_lasts_as_long_as_any()
    {
        var schedule = new MaintenanceSchedule(Sundays("01:00", TimeSpan.FromHours(4)));

        Assert.Equal((At("2026-10-24T23:00:00Z"), At("2026-10-25T03:00:00Z")), schedule.At(At("2026-10-25T00:30:00Z")));
        Assert.Equal((At("2026-03-29T00:00:00Z"), At("2026-03-29T04:00:00Z")), schedule.At(At("2026-03-29T00:30:00Z")));
    }

    [Fact]
    public void The_end_of_a_window_is_no_longer_in_it()
    {
        var schedule = new MaintenanceSchedule(Sundays("02:30", TimeSpan.FromHours(2)));
        var (from, to) = schedule.At(At("2026-07-05T00:30:00Z"))!.Value;

        Assert.Equal(At("2026-07-05T00:30:00Z"), from);
        Assert.Equal(from, schedule.At(to.AddTicks(-1))!.Value.From);
        Assert.Equal(from.AddDays(7), schedule.At(to)!.Value.From);
    }

    [Fact]
    public void A_single_window_is_there_until_it_is_over()
    {
        var schedule = new MaintenanceSchedule(new MaintenanceWindow { Reason = "x", From = At("2026-07-01T00:00:00Z"), To = At("2026-07-02T00:00:00Z") });

        Assert.NotNull(schedule.At(At("2026-06-01T00:00:00Z")));
        Assert.NotNull(schedule.At(At("2026-07-01T23:59:59Z")));
        Assert.Null(schedule.At(At("2026-07-02T00:00:00Z")));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("UTC")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Etc/GMT+5")]
    public void Zones_have_names_of_either_kind(string id) => Assert.NotNull(ZonedTime.Find(id));

    [Theory]
    [InlineData("")]
    [InlineData("Mars/Olympus")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("Europe/Berlin\0")]
    public void What_is_no_zone_is_found_nowhere(string id) => Assert.Null(ZonedTime.Find(id));

    [Fact]
    public void A_day_that_a_zone_leaves_out_has_its_times_a_day_later()
    {
        // Samoa went over the date line: 2011-12-30 did not exist there.
        var (first, last) = ZonedTime.MomentsOf(new DateTime(2011, 12, 30, 12, 0, 0), ZonedTime.Find("Pacific/Apia")!);

        Assert.Equal((At("2011-12-30T22:00:00Z"), At("2011-12-30T22:00:00Z")), (first, last));
    }

    [Fact]
    public void A_weekly_window_is_what_a_clock_on_the_wall_says_minute_by_minute() => VerdictWorld.Holds(
        seed =>
        {
            var random = new Random(seed);
            var zone = ZonedTime.Find(Zones[random.Next(Zones.Length)])!;
            var window = new MaintenanceWindow
            {
                Reason = "x",
                Weekly = Enumerable.Range(0, random.Next(1, 8)).Select(_ => MaintenanceSchedule.Days[random.Next(7)]).Distinct().ToList(),
                At = new TimeOnly(random.Next(2) == 0 ? random.Next(24) : random.Next(4), random.Next(60)),
                Duration = TimeSpan.FromMinutes(random.Next(1, random.Next(2) == 0 ? 600 : 10_080)),
                TimeZone = zone.Id,
            };
            var middle = NearAChange(random, zone);
            var begins = BeginsByTheWallClock(window, zone, middle.AddDays(-11), middle.AddDays(2));
            var schedule = new MaintenanceSchedule(window);
            for (var i = 0; i < 200; i++)
            {
                var now = middle.AddMinutes(random.Next(-1440, 1440));
                var expected = begins.Exists(begin => begin <= now && now < begin + window.Duration);
                if (expected != (schedule.At(now)?.From <= now))
                {
                    return false;
                }
            }

            return true;
        },
        60);

    private static DateTimeOffset NearAChange(Random random, TimeZoneInfo zone)
    {
        var day = new DateTimeOffset(random.Next(2005, 2036), random.Next(1, 13), random.Next(1, 28), 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 250 && zone.GetUtcOffset(day) == zone.GetUtcOffset(day.AddDays(1)); i++)
        {
            day = day.AddDays(1);
        }

        return day.AddMinutes(random.Next(1440));
    }

    /// <summary>Walks through each minute with an eye on the wall.</summary>
    private static List<DateTimeOffset> BeginsByTheWallClock(MaintenanceWindow window, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        var begins = new List<DateTimeOffset>();
        var taken = new HashSet<DateOnly>();
        var before = TimeZoneInfo.ConvertTime(from.AddMinutes(-1), zone).DateTime;
        for (var now = from; now < to; now = now.AddMinutes(1))
        {
            var wall = TimeZoneInfo.ConvertTime(now, zone).DateTime;
            for (var shown = wall > before ? before.AddMinutes(1) : wall; shown <= wall; shown = shown.AddMinutes(1))
            {
                // What the clock jumps over comes as much later as it would have without the jump.
                var late = shown < wall ? (shown - before).Subtract(TimeSpan.FromMinutes(1)) : TimeSpan.Zero;
                if (window.Weekly.Contains(MaintenanceSchedule.Days[(int)shown.DayOfWeek]) && TimeOnly.FromDateTime(shown) == window.At && taken.Add(DateOnly.FromDateTime(shown)))
                {
                    begins.Add(now + late);
                }
            }

            before = wall;
        }

        return begins;
    }

    private static MaintenanceWindow Sundays(string at, TimeSpan duration) => new()
    {
        Reason = "backups",
        Weekly = ["sun"],
        At = TimeOnly.Parse(at, CultureInfo.InvariantCulture),
        Duration = duration,
        TimeZone = "Europe/Berlin",
    };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
