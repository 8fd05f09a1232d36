using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Dns.Changes;

/// <summary>Plans of zone changes carried out among others who write and answers that get lost.</summary>
public sealed class ZoneChangeOperationsTests : ZoneChangeTests
{
    [Fact]
    public async Task Creates_updates_and_deletes_in_one_request()
    {
        var (old, gone) = (Set("old", "192.0.2.1"), Set("gone", "192.0.2.2"));
        route53.Add(old, gone);

        var results = await ApplyAsync(Change(null, Set("new", "192.0.2.3")), Change(old, old with { Ttl = 300 }), Change(gone, null));

        Assert.All(results, static result => Assert.Equal(DnsRecordChangeOutcome.Applied, result.Outcome));
        Assert.Equal(1, route53.Writes);
        Assert.Equal([Set("new", "192.0.2.3"), old with { Ttl = 300 }], route53.Records().OrderBy(static set => set.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Record_sets_of_several_names_change_together_or_not_at_all()
    {
        var (site, owner) = (Set("site", "192.0.2.1"), Text("_owner.site", "\"ours\""));
        route53.Add(Set("site", "203.0.113.77"));

        var results = await ApplyAsync(
            new DnsRecordChange { Record = site.Name, Before = [], After = [site, owner], Reason = "New." }, Change(null, Set("other", "192.0.2.2")));

        Assert.Equal(DnsRecordChangeOutcome.Conflict, results.Single(result => result.Record == site.Name).Outcome);
        Assert.Equal(ErrorIds.RecordConflict, results.Single(result => result.Record == site.Name).ErrorId);
        Assert.Equal(DnsRecordChangeOutcome.Applied, results.Single(result => result.Record != site.Name).Outcome);
        Assert.DoesNotContain(owner, route53.Records());
    }

    [Fact]
    public async Task A_weighted_sibling_is_neither_touched_nor_in_the_way()
    {
        var (one, two) = (Weighted("one", 10), Weighted("two", 20));
        route53.Add(one, two);
        route53.AfterWrite = static number =>
        {
            if (number == 1)
            {
                throw ScriptedRoute53.ConnectionLost();
            }
        };

        var result = Assert.Single(await ApplyAsync(Change(one, one with { Routing = new DnsRoutingPolicy { Weight = 11 } })));

        Assert.Equal(DnsRecordChangeOutcome.Applied, result.Outcome);
        Assert.Contains("lost", result.Reason, StringComparison.Ordinal);
        Assert.Equal(1, route53.Writes);
        Assert.Contains(two, route53.Records());
    }

    [Fact]
    public async Task The_same_change_by_somebody_else_is_no_failure()
    {
        var wanted = Set("new", "192.0.2.1");
        route53.BeforeWrite = number =>
        {
            if (number == 1)
            {
                route53.Add(wanted);
            }
        };

        var result = Assert.Single(await ApplyAsync(Change(null, wanted)));

        Assert.Equal((DnsRecordChangeOutcome.AlreadyThere, (string?)null), (result.Outcome, result.ErrorId));
    }

    [Fact]
    public async Task A_plan_that_is_larger_than_allowed_writes_nothing()
    {
        DnsRecordSet[] sets = [.. Enumerable.Range(0, 51).Select(static i => Set($"s{i}", "192.0.2.1"))];
        route53.Add(sets);

        var error = await Assert.ThrowsAsync<HostingException>(() => ApplyAsync([.. sets.Select(static set => Change(set, null))]));

        Assert.Equal(ErrorIds.ZoneChangeRefused, error.ErrorId);
        Assert.Contains("-Override ChangeCount", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, route53.Writes);
    }

    [Fact]
    public async Task A_plan_whose_changes_were_edited_after_the_review_writes_nothing()
    {
        var plan = Plan(Change(null, Set("new", "192.0.2.1")));
        var edited = plan with { Changes = [Change(null, Set("new", "203.0.113.66"))] };

        var error = await Assert.ThrowsAsync<HostingException>(() => Collect(Operations().ApplyAsync(edited, Unproven, CancellationToken.None)));

        Assert.Equal(ErrorIds.ZoneChangeRefused, error.ErrorId);
        Assert.Equal(0, route53.Writes);
    }

    [Fact]
    public async Task What_was_made_is_told_although_the_journal_fails_behind_it()
    {
        var plan = Plan([.. Enumerable.Range(0, 1500).Select(static i => Change(null, Set($"s{i:0000}", "192.0.2.1")))]);
        route53.AfterWrite = number =>
        {
            if (number == 1)
            {
                state.Write(static transaction => transaction.Execute("DROP TABLE zone_entries"));
            }
        };
        var told = new List<DnsRecordChangeResult>();

        var error = await Assert.ThrowsAsync<HostingException>(async () =>
        {
            await foreach (var result in Operations().ApplyAsync(plan, new ZoneChangeOptions(), CancellationToken.None))
            {
                told.Add(result);
            }
        });

        Assert.Equal(ErrorIds.StateCorrupt, error.ErrorId);
        Assert.Equal(1000, told.Count(static result => result.Outcome == DnsRecordChangeOutcome.Applied));
    }

    [Fact]
    public async Task A_zone_that_is_full_is_not_filled_change_by_change()
    {
        route53.BeforeWrite = static _ => throw new Amazon.Route53.Model.InvalidChangeBatchException("full") { Messages = ["Exceeded limit MAX_RRSETS_BY_ZONE for zone: Z1"] };

        var results = await ApplyAsync([.. Enumerable.Range(0, 100).Select(static i => Change(null, Set($"s{i}", "192.0.2.1")))]);

        Assert.Equal(1, route53.Writes);
        Assert.All(results, static result => Assert.Equal((DnsRecordChangeOutcome.Failed, ErrorIds.AwsRequestFailed), (result.Outcome, result.ErrorId)));
    }
}
