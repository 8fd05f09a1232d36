using System.Globalization;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Mirror.Crawling;

namespace HostingOps.Engine.Tests.Mirror.Crawling;

/// <summary>Until when an answer stays fresh, in simulated time.</summary>
public sealed class CacheFreshnessTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Headers = Gen.Elements(
        "Cache-Control: max-age=60", "Cache-Control: max-age=0", "Cache-Control: max-age=99999999999999999999999", "Cache-Control: no-cache", "Cache-Control: no-store", "Cache-Control: max-age=\"",
        "Cache-Control: s-maxage=5", "Cache-Control: max-age=-1", "Cache-Control: ,,=,", "Cache-Control: immutable, public", "Expires: 0", "Expires: Sun, 01 Mar 2026 13:00:00 GMT",
        "Expires: Fri, 31 Dec 9999 23:59:59 GMT", "Date: Sun, 01 Mar 2026 12:00:00 GMT", "Date: Mon, 01 Jan 0001 00:00:00 GMT", "Date: Fri, 31 Dec 9999 23:59:59 GMT", "Date: now", "Age: 30", "Age: 99999999999999999999",
        "Age: -5", "Age: a", "Vary: *", "Vary: Accept-Encoding");

    [Theory]
    [InlineData("max-age, in seconds", 3600, "Cache-Control: max-age=3600")]
    [InlineData("any case, between others, quoted", 3600, "Cache-Control: public, Max-Age=\"3600\" , immutable")]
    [InlineData("a comma between quotes ends nothing", 3600, "Cache-Control: x=\"a, no-store, b\", max-age=3600")]
    [InlineData("must-revalidate is about the time after", 3600, "Cache-Control: max-age=3600, must-revalidate, proxy-revalidate")]
    [InlineData("immutable alone says no time", null, "Cache-Control: immutable")]
    [InlineData("nothing said, nothing guessed", null, "Last-Modified: Sun, 01 Mar 2020 12:00:00 GMT")]
    [InlineData("no-cache wins", null, "Cache-Control: max-age=3600, no-cache")]
    [InlineData("no-cache of a field is taken for all", null, "Cache-Control: max-age=3600, no-cache=\"Set-Cookie\"")]
    [InlineData("no-store wins, in another line too", null, "Cache-Control: max-age=3600", "Cache-Control: No-Store")]
    [InlineData("zero", null, "Cache-Control: max-age=0")]
    [InlineData("negative", null, "Cache-Control: max-age=-1")]
    [InlineData("no number", null, "Cache-Control: max-age=soon")]
    [InlineData("no argument", null, "Cache-Control: max-age")]
    [InlineData("a quote without end", null, "Cache-Control: max-age=\"3600")]
    [InlineData("one of two cannot be read", null, "Cache-Control: max-age=3600, max-age=soon")]
    [InlineData("the shorter of two", 60, "Cache-Control: max-age=3600", "Cache-Control: max-age=60")]
    [InlineData("larger than any number: as long as anything is believed", 30 * 86400, "Cache-Control: max-age=99999999999999999999999")]
    [InlineData("a year: as long as anything is believed", 30 * 86400, "Cache-Control: max-age=31536000, immutable")]
    [InlineData("s-maxage alone is for caches that somebody empties", null, "Cache-Control: s-maxage=3600")]
    [InlineData("s-maxage makes it shorter", 60, "Cache-Control: s-maxage=60, max-age=3600")]
    [InlineData("s-maxage makes nothing longer", 60, "Cache-Control: s-maxage=3600, max-age=60")]
    [InlineData("s-maxage that cannot be read", null, "Cache-Control: s-maxage=, max-age=60")]
    [InlineData("Expires, from Date on", 3600, "Date: Sun, 01 Mar 2026 12:00:00 GMT", "Expires: Sun, 01 Mar 2026 13:00:00 GMT")]
    [InlineData("Expires without Date", 3600, "Expires: Sun, 01 Mar 2026 13:00:00 GMT")]
    [InlineData("Expires in the oldest forms", 3600, "Date: Sun Mar  1 12:00:00 2026", "Expires: Sunday, 01-Mar-26 13:00:00 GMT")]
    [InlineData("max-age before Expires", 60, "Cache-Control: max-age=60", "Expires: Sun, 01 Mar 2026 13:00:00 GMT")]
    [InlineData("Expires that is over", null, "Expires: Sun, 01 Mar 2026 11:00:00 GMT")]
    [InlineData("Expires that is no date", null, "Expires: 0")]
    [InlineData("one Expires of two is no date", null, "Expires: Sun, 01 Mar 2026 13:00:00 GMT", "Expires: -1")]
    [InlineData("Age is taken off", 3000, "Cache-Control: max-age=3600", "Age: 600")]
    [InlineData("Age as long as max-age", null, "Cache-Control: max-age=3600", "Age: 3600")]
    [InlineData("Age larger than max-age", null, "Cache-Control: max-age=3600", "Age: 99999999999999999999999")]
    [InlineData("Age that cannot be read", 3600, "Cache-Control: max-age=3600", "Age: -5")]
    [InlineData("Date's age is taken off", 3000, "Cache-Control: max-age=3600", "Date: Sun, 01 Mar 2026 11:50:00 GMT")]
    [InlineData("the larger of both ages", 3000, "Cache-Control: max-age=3600", "Date: Sun, 01 Mar 2026 11:55:00 GMT", "Age: 600")]
    [InlineData("the origin's clock is years behind", null, "Cache-Control: max-age=3600", "Date: Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("the origin's clock is ahead", 3600, "Cache-Control: max-age=3600", "Date: Sun, 01 Mar 2026 14:00:00 GMT")]
    [InlineData("the origin's clock is ahead, and Expires by it", 3600, "Date: Sun, 01 Mar 2026 14:00:00 GMT", "Expires: Sun, 01 Mar 2026 15:00:00 GMT")]
    [InlineData("what varies by anything", null, "Cache-Control: max-age=3600", "Vary: Accept, *")]
    [InlineData("what varies by what is always asked alike", 3600, "Cache-Control: max-age=3600", "Vary: Accept-Encoding")]
    public void Freshness(string what, int? seconds, params string[] headers) =>
        Assert.Equal((what, seconds is { } time ? Now.AddSeconds(time) : null), (what, CacheFreshness.Until(Answer(headers), Now, Now)));

    [Fact]
    public void The_time_on_the_way_is_part_of_the_age_and_a_clock_set_back_meanwhile_is_none()
    {
        using var answer = Answer("Cache-Control: max-age=3600", "Age: 600");
        Assert.Equal(Now.AddSeconds(3600 - 600 - 20), CacheFreshness.Until(answer, Now.AddSeconds(-20), Now));
        Assert.Equal(Now.AddSeconds(3600 - 600), CacheFreshness.Until(answer, Now.AddHours(5), Now));
    }

    [Fact]
    public void Whatever_is_said_freshness_lies_ahead_and_within_bounds_and_another_age_or_prohibition_makes_none_longer() => Prop.ForAll(
        Headers.ArrayOf().ToArbitrary(), Gen.Choose(0, 100_000).ToArbitrary(), static (headers, age) =>
        {
            using var answer = Answer(headers);
            var until = CacheFreshness.Until(answer, Now, Now);
            Assert.True(until is null || (until > Now && until <= Now + CacheFreshness.LongestBelieved), until?.ToString("o", CultureInfo.InvariantCulture));
            using var older = Answer([$"Age: {age.ToString(CultureInfo.InvariantCulture)}", .. headers]);
            using var shorter = Answer([.. headers, "Cache-Control: max-age=7"]);
            using var forbidden = Answer([.. headers, "Cache-Control: no-cache"]);
            Assert.True((CacheFreshness.Until(shorter, Now, Now) ?? Now) <= Now.AddSeconds(7));
            Assert.Null(CacheFreshness.Until(forbidden, Now, Now));
            Assert.True(headers.Any(static header => header.StartsWith("Age", StringComparison.Ordinal)) || (CacheFreshness.Until(older, Now, Now) ?? Now) <= (until ?? Now));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Directives_are_read_from_any_text() => Prop.ForAll(
        Gen.Elements("a", "=", ",", "\"", " ", "\\", "max-age", "1").ArrayOf().Select(string.Concat).ToArbitrary(),
        static text => Assert.All(CacheDirective.ReadAll(text), static directive => Assert.Equal(directive.Name.Trim(), directive.Name))).QuickCheckThrowOnFailure();

    private static HttpResponseMessage Answer(params string[] headers)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
        foreach (var header in headers.Select(static header => header.Split(": ", 2)))
        {
            Assert.True(answer.Headers.TryAddWithoutValidation(header[0], header[1]) || answer.Content.Headers.TryAddWithoutValidation(header[0], header[1]));
        }

        return answer;
    }
}
