using Amazon.Route53.Model;
using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Tests.Dns;

/// <summary>Who won, when others write in between and answers get lost: each order of events that two machines can make.</summary>
public sealed class RecordSwitcherTests
{
    private const int PerBatch = SwitchBatch.MaxRecords / 2;
    private static readonly HostedZoneReference Zone = new("Z1", "sites.example.net", 2);
    private readonly ScriptedRoute53 route53 = new();

    [Fact]
    public async Task A_site_that_another_operation_moved_before_our_first_batch_is_not_ours_although_the_marker_is()
    {
        var changes = Changes(PerBatch + 20);
        var last = changes[^1];
        route53.BeforeWrite = number =>
        {
            if (number == 1)
            {
                WriteAsAnother(last);
            }
        };

        var results = await SwitchAsync(changes);

        var lost = Assert.Single(results, static result => result.Outcome != SwitchOutcome.Applied);
        Assert.Equal((last.SiteName, SwitchOutcome.Conflict), (lost.Switch.SiteName, lost.Outcome));
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_not_ours_when_the_marker_still_names_our_batch_before_it()
    {
        var changes = Changes(PerBatch + 20);
        var last = changes[^1];
        route53.BeforeWrite = number =>
        {
            if (number == 1)
            {
                WriteAsAnother(last);
            }
            else if (number == 2)
            {
                throw ScriptedRoute53.ConnectionLost();
            }
        };

        var results = await SwitchAsync(changes);

        Assert.Equal(SwitchOutcome.Conflict, results.Single(result => result.Switch.SiteName == last.SiteName).Outcome);
        Assert.Equal(changes.Count - 1, results.Count(static result => result.Outcome == SwitchOutcome.Applied));
    }

    [Fact]
    public async Task A_lost_answer_is_not_taken_for_success_when_the_marker_was_not_written()
    {
        var change = Changes(1)[0];
        route53.BeforeWrite = _ =>
        {
            route53.SetAddress(change.Record, TestSites.Linode.Address!);
            throw ScriptedRoute53.ConnectionLost();
        };

        var result = Assert.Single(await SwitchAsync([change]));

        Assert.Equal(SwitchOutcome.Conflict, result.Outcome);
        Assert.Contains("somebody else", result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_is_our_success_when_a_later_small_batch_of_another_operation_overwrote_the_marker()
    {
        var changes = Changes(2);
        route53.AfterWrite = _ =>
        {
            WriteAsAnother(changes[1]);
            throw ScriptedRoute53.ConnectionLost();
        };

        Assert.Equal(SwitchOutcome.Applied, Assert.Single(await SwitchAsync([changes[0]])).Outcome);
    }

    [Fact]
    public async Task A_refusal_after_a_lost_answer_leaves_the_outcome_unknown()
    {
        var change = Changes(1)[0];
        route53.AfterWrite = _ => throw ScriptedRoute53.ConnectionLost();
        route53.BeforeRead = () => throw ScriptedRoute53.ConnectionLost();
        route53.BeforeWrite = number =>
        {
            if (number > 1)
            {
                throw ScriptedRoute53.Denied();
            }
        };

        var result = Assert.Single(await SwitchAsync([change]));

        Assert.Equal((SwitchOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown), (result.Outcome, result.Error?.ErrorId));
        Assert.Equal(TestSites.Linode.Address, route53.AddressOf(change.Record));
    }

    [Fact]
    public async Task A_refused_batch_whose_records_can_not_be_read_again_has_failed_and_the_next_batch_goes_on()
    {
        var changes = Changes(PerBatch + 20);
        route53.SetAddress(changes[3].Record, "192.0.2.1");
        route53.BeforeRead = () => throw ScriptedRoute53.Denied();

        var results = await SwitchAsync(changes);

        Assert.Equal(changes.Count, results.Count);
        Assert.Contains(results, static result => result.Outcome == SwitchOutcome.Failed);
        Assert.Equal(SwitchOutcome.Applied, results.Single(result => result.Switch == changes[^1]).Outcome);
    }

    [Fact]
    public async Task A_switch_that_happened_and_was_taken_back_by_hand_is_not_made_again()
    {
        var change = Changes(1)[0];
        route53.AfterWrite = _ =>
        {
            route53.SetAddress(change.Record, TestSites.DigitalOcean.Address!);
            throw ScriptedRoute53.ConnectionLost();
        };

        var result = Assert.Single(await SwitchAsync([change]));

        Assert.Equal(SwitchOutcome.Conflict, result.Outcome);
        Assert.DoesNotContain("changed nothing", result.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(1, route53.Writes);
    }

    [Fact]
    public async Task A_winner_whose_batch_is_too_large_to_name_its_sites_is_named_as_likely_only()
    {
        var changes = Changes(60);
        route53.BeforeWrite = _ =>
        {
            if (route53.Writes == 1)
            {
                WriteAsAnother([.. changes]);
            }
        };

        var results = await SwitchAsync([changes[0]]);

        Assert.Contains("probably", Assert.Single(results).Error!.Message, StringComparison.Ordinal);
    }

    private async Task<List<SwitchResult>> SwitchAsync(IReadOnlyList<DnsSwitch> changes)
    {
        var reader = new HostedZoneReader(route53, SilentReporter.Instance);
        var results = new List<SwitchResult>();
        await foreach (var result in new RecordSwitcher(route53, reader, SilentReporter.Instance, TimeProvider.System, Random.Shared)
            .SwitchAsync(Zone, changes, Marker("OURS"), CancellationToken.None))
        {
            results.Add(result);
        }

        return results;
    }

    // The same move, by another operation that leaves its marker.
    private void WriteAsAnother(params DnsSwitch[] changes)
    {
        var marker = Marker("THEIRS") with { SiteCount = changes.Length, Sites = [.. changes.Select(static change => change.SiteName)] };
        foreach (var change in changes)
        {
            route53.SetAddress(change.Record, change.After[0].Values[0]);
        }

        route53.Apply(new ChangeBatch
        {
            Changes = [new Change { Action = Amazon.Route53.ChangeAction.UPSERT, ResourceRecordSet = RecordSetMapping.ToRoute53(SwitchMarkerRecord.ToRecordSet(Zone.Name, marker)) }],
        });
    }

    private List<DnsSwitch> Changes(int count)
    {
        var changes = Enumerable.Range(1, count).Select(static i => TestSites.Site($"site{i}")).Select(static site => new DnsSwitch
        {
            SiteName = site.Name,
            Record = site.Record,
            Before = DesiredRecords.For(site, site.Primary),
            After = DesiredRecords.For(site, site.Secondary),
        }).ToList();
        changes.ForEach(change => route53.SetAddress(change.Record, change.Before[0].Values[0]));
        return changes;
    }

    private static SwitchMarker Marker(string operation) => new() { OperationId = operation, By = "someone@somewhere", At = DateTimeOffset.UnixEpoch };
}
