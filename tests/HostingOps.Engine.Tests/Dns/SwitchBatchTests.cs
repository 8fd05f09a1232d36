using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Tests.Dns;

public sealed class SwitchBatchTests
{
    [Fact]
    public void Five_thousand_switches_of_40_character_CNAMEs_fit_13_requests_marker_included()
    {
        var switches = Enumerable.Range(0, 5_000).Select(static i => Switch(i, 1, 1, 40)).ToArray();

        Assert.Equal(13, SwitchBatch.Pack(switches, withMarker: true).Count);
        Assert.Equal(13, SwitchBatch.Pack(switches, withMarker: false).Count);
    }

    [Fact]
    public void No_batch_is_over_a_limit_no_site_is_split_and_none_is_lost()
    {
        var sizes = (from before in Gen.Choose(0, 4) from after in Gen.Choose(0, 4) from length in Gen.Choose(1, 4_000) select (before, after, length)).ListOf();
        Prop.ForAll(Arb.From(sizes), Arb.From(Gen.Elements(true, false)), (list, withMarker) =>
        {
            var switches = list.Select(static (size, i) => Switch(i, size.before, size.after, size.length)).ToArray();

            var batches = SwitchBatch.Pack(switches, withMarker);

            Assert.Equal(switches, batches.SelectMany(static batch => batch.Switches));
            Assert.Equal(Enumerable.Range(1, batches.Count), batches.Select(static batch => batch.Number));
            foreach (var batch in batches.Where(static batch => batch.Switches.Count > 1))
            {
                var values = batch.Switches.SelectMany(static change => change.Before.Concat(change.After)).SelectMany(static set => set.Values).ToArray();
                Assert.True(values.Length + (withMarker ? 2 : 0) <= SwitchBatch.MaxRecords);
                Assert.True(values.Sum(static value => value.Length) + (withMarker ? 514 : 0) <= SwitchBatch.MaxCharacters);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static DnsSwitch Switch(int number, int before, int after, int length) => new()
    {
        SiteName = $"site{number}",
        Record = $"site{number}.sites.example.net",
        Before = Sets(number, before, length, 'a'),
        After = Sets(number, after, length, 'b'),
    };

    private static DnsRecordSet[] Sets(int number, int count, int length, char fill) => count == 0
        ? []
        : [new DnsRecordSet { Name = $"site{number}.sites.example.net", Type = "CNAME", Ttl = 60, Values = [.. Enumerable.Repeat(new string(fill, length), count)] }];
}
