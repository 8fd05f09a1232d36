using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Tests.Dns;

public sealed class SwitchMarkerRecordTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_marker_is_one_TXT_string_that_an_admin_can_read()
    {
        var set = SwitchMarkerRecord.ToRecordSet("sites.example.net", Marker("acme", "beta"));

        Assert.Equal("_hostingops.sites.example.net", set.Name);
        Assert.Equal("TXT", set.Type);
        Assert.Equal(["\"hostingops/1 op=01J9 batch=1 by=alice@ops-1 at=2026-03-01T12:00:00Z count=2 sites=acme,beta\""], set.Values);
    }

    [Fact]
    public void Whatever_the_names_are_the_marker_reads_back_and_stays_one_string()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), ArbMap.Default.ArbFor<NonEmptyString>(), (site, who) =>
        {
            var marker = Marker(site.Get) with { By = who.Get };

            var set = SwitchMarkerRecord.ToRecordSet("sites.example.net", marker);
            var read = SwitchMarkerRecord.FromRecordSets([set]);

            var text = Assert.Single(set.Values);
            Assert.True(text.Length <= 257);
            Assert.Equal('"', text[0]);
            Assert.Equal('"', text[^1]);
            Assert.DoesNotContain('"', text[1..^1]);
            Assert.All(text, static c => Assert.InRange(c, ' ', '~'));
            Assert.NotNull(read);
            Assert.Equal(marker.OperationId, read.OperationId);
            Assert.Equal(1, read.SiteCount);
            Assert.True(read.Names(site.Get));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Too_many_sites_to_name_are_counted_and_none_is_named()
    {
        var marker = Marker([.. Enumerable.Range(0, 385).Select(static i => $"site-{i}")]);

        var read = SwitchMarkerRecord.FromRecordSets([SwitchMarkerRecord.ToRecordSet("sites.example.net", marker)])!;

        Assert.Empty(read.Sites);
        Assert.Equal(385, read.SiteCount);
        Assert.True(read.Names("site-7"));
    }

    [Theory]
    [InlineData("\"v=spf1 -all\"")]
    [InlineData("\"hostingops/2 op=1 by=a at=2026-03-01T12:00:00Z\"")]
    [InlineData("\"hostingops/1 by=a\"")]
    [InlineData("")]
    public void What_is_no_marker_of_ours_is_not_read_as_one(string value)
    {
        var set = new DnsRecordSet { Name = "_hostingops.sites.example.net", Type = "TXT", Ttl = 60, Values = [value] };

        Assert.Null(SwitchMarkerRecord.FromRecordSets([set]));
    }

    private static SwitchMarker Marker(params string[] sites) =>
        new() { OperationId = "01J9", By = "alice@ops-1", At = At, Sites = sites, SiteCount = sites.Length };
}
