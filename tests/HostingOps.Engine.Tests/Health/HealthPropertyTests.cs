using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Tests.Health;

/// <summary>What holds of the pure parts whatever they are given.</summary>
public sealed class HealthPropertyTests
{
    private static readonly SiteNames Names = new(HealthSamples.Site());
    private static readonly HealthCheckPolicy Policy = new() { MaxRedirects = 5 };
    private static readonly Arbitrary<SiteStatus> Statuses = Gen.Elements(Enum.GetValues<SiteStatus>()).ToArbitrary();

    private static RedirectDecision Follow(string from, string? location, params string[] earlier) => Follow(false, from, location, earlier);

    private static RedirectDecision Follow(bool isPinned, string from, string? location, params string[] earlier)
    {
        var trail = new RedirectTrail();
        foreach (var url in earlier.Append(from))
        {
            trail.Enter(new Uri(url));
        }

        return RedirectRules.Decide(trail, new Uri(from), 301, location, Names, Policy, isPinned);
    }

    [Fact]
    public void Whatever_a_Location_says_the_next_hop_is_the_site_s_own_new_and_no_downgrade()
    {
        var pieces = Gen.Elements(
            "http:", "https:", "ftp:", "javascript:", "//", "/", "\\", "..", "?", "#", "@", ":", "%", "%00", " ", "\u0000", "ü", "www.", "acme.example",
            "acmelaw.example", "evil.example", "127.0.0.1", "[::1]", ":443", ":80", ":99999", "a", "x=1", ".");
        var locations = pieces.ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(locations, location =>
        {
            foreach (var from in new[] { "https://www.acme.example/", "http://acme.example/a/b?c" })
            {
                var decision = Follow(from, location, "https://www.acme.example/seen");
                if (decision.Next is { } next)
                {
                    Assert.Contains(next.IdnHost, new[] { "acme.example", "www.acme.example", "acmelaw.example", "www.acmelaw.example" });
                    Assert.True(next.Scheme == "https" || (next.Scheme == "http" && from.StartsWith("http:", StringComparison.Ordinal)));
                    Assert.NotEqual(new Uri(from).AbsoluteUri, next.AbsoluteUri);
                    Assert.NotEqual("https://www.acme.example/seen", next.AbsoluteUri);
                }
                else
                {
                    Assert.NotEqual("", decision.Reason);
                    Assert.NotEqual(SiteStatus.Unknown, decision.Status);
                    Assert.True(decision.Reason.Length < 1000);
                }

                Assert.StartsWith("www.", Follow(true, from, location).Next?.IdnHost ?? "www.", StringComparison.Ordinal);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("/next", "https://www.acme.example/next")]
    [InlineData("next", "https://www.acme.example/a/next")]
    [InlineData("?q=1", "https://www.acme.example/a/b?q=1")]
    [InlineData("//acme.example/x", "https://acme.example/x")]
    [InlineData("HTTPS://WWW.ACME.EXAMPLE/Y", "https://www.acme.example/Y")]
    [InlineData("https://acme.example.:8443/", "https://acme.example.:8443/")]
    [InlineData("a:b", null)]
    [InlineData("mailto:a@acme.example", null)]
    [InlineData("//evil.example/", null)]
    [InlineData("https://acme.example@evil.example/", null)]
    [InlineData("https://acme.example.evil.example/", null)]
    [InlineData("/a/b", null)]
    [InlineData("https://www.acme.example:443/a/b#again", null)]
    [InlineData("http://www.acme.example/", null)]
    public void Locations_resolve_as_RFC_3986_says(string location, string? expected) =>
        Assert.Equal(expected, Follow("https://www.acme.example/a/b", location).Next?.AbsoluteUri);

    [Fact]
    public void Only_an_unbroken_row_of_failures_at_the_end_is_down()
    {
        var runs = Statuses.Generator.ListOf().ToArbitrary();
        Prop.ForAll(runs, Gen.Choose(1, 5).ToArbitrary(), (statuses, failAfter) =>
        {
            var verdict = HealthVerdict.Decide([.. statuses.Select(HealthSamples.Seen)], new HealthCheckPolicy { FailAfter = failAfter });
            var lastRow = Enumerable.Reverse(statuses).TakeWhile(status => status == SiteStatus.Down).Count();
            var expected = lastRow >= failAfter ? HealthVerdictKind.Down
                : statuses.Count > 0 && statuses[^1] is SiteStatus.Healthy or SiteStatus.Degraded ? HealthVerdictKind.NotDown
                : HealthVerdictKind.Unknown;
            Assert.Equal(expected, verdict.Kind);
            Assert.NotEqual("", verdict.Reason);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void IPv6_never_brings_a_host_down_and_a_family_unseen_never_counts()
    {
        Prop.ForAll(Statuses, Statuses, (v4, v6) =>
        {
            var (status, reason, _) = DualStackRules.Combine((v4, "four"), (v6, "six"));
            Assert.Equal(v4 == SiteStatus.Down, status == SiteStatus.Down);
            Assert.NotEqual("", reason);
            if (v6 == SiteStatus.Unknown)
            {
                Assert.Equal(v4, status);
            }

            if (status == SiteStatus.Healthy)
            {
                Assert.DoesNotContain(SiteStatus.Down, new[] { v4, v6 });
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_status_code_has_a_verdict_that_is_down_only_outside_2xx_3xx_and_429()
    {
        Prop.ForAll(Gen.Choose(100, 999).ToArbitrary(), code =>
        {
            var (status, reason) = StatusRules.Judge(code, new HealthCheckPolicy().ExpectStatus);
            var expected = code is >= 200 and <= 299 ? SiteStatus.Healthy : code == 429 || code / 100 == 3 ? SiteStatus.Degraded : SiteStatus.Down;
            Assert.Equal(expected, status);
            Assert.Contains(code.ToString(System.Globalization.CultureInfo.InvariantCulture), reason, StringComparison.Ordinal);
            Assert.Equal(SiteStatus.Healthy, StatusRules.Judge(code, [new StatusRange(code, code)]).Status);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Text_is_found_wherever_the_reads_break_it()
    {
        var inputs = Gen.Choose(0, 40_000).SelectMany(before => Gen.Choose(1, 7000).Select(chunk => (before, chunk))).ToArbitrary();
        Prop.ForAll(inputs, input =>
        {
            var (before, chunk) = input;
            var body = Encoding.UTF8.GetBytes(new string('n', before) + "needle" + new string('n', 100));
            var with = BodyText.FindAsync(new DripStream(body, chunk), "needle"u8.ToArray(), CancellationToken.None).AsTask().Result;
            var without = BodyText.FindAsync(new DripStream(body, chunk), "needle!"u8.ToArray(), CancellationToken.None).AsTask().Result;
            Assert.True(with.Found);
            Assert.False(without.Found);
            Assert.Equal(body.Length, without.BytesRead);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Text_beyond_the_bound_is_not_read()
    {
        var body = new byte[BodyText.MaxBytes + 100];
        "needle"u8.CopyTo(body.AsSpan(BodyText.MaxBytes - 3));

        var (found, read) = await BodyText.FindAsync(new MemoryStream(body), "needle"u8.ToArray(), CancellationToken.None);

        Assert.False(found);
        Assert.Equal(BodyText.MaxBytes, read);
    }

    private sealed class DripStream(byte[] content, int chunk) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
