using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Dns.Changes;

/// <summary>Plans of zone changes carried out among others who write, lost answers and sudden ends.</summary>
public sealed class ZoneChangeOperationsTests : IDisposable
{
    private static readonly HostedZoneReference Zone = new("Z1", "sites.example.net", 2);
    private static readonly ZoneChangeOptions Unproven = new() { Verify = false };

    private readonly ScriptedRoute53 route53 = new();
    private readonly TemporaryFolder folder = new();
    private readonly StateDatabase state;

    public ZoneChangeOperationsTests() => state = StateDatabase.Open(folder.Combine("state.db"), TimeProvider.System);

    public void Dispose()
    {
        state.Dispose();
        folder.Dispose();
    }

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_cut_off_is_finished_by_its_checksum_and_nothing_is_written_twice(bool secondRequestArrived)
    {
        var plan = Plan([.. Enumerable.Range(0, 1500).Select(static i => Change(null, Set($"s{i:0000}", "192.0.2.1")))]);
        using var death = new CancellationTokenSource();
        void Die(int number)
        {
            if (number == 2)
            {
                death.Cancel();
                throw new OperationCanceledException(death.Token);
            }
        }

        if (secondRequestArrived)
        {
            route53.AfterWrite = Die;
        }
        else
        {
            route53.BeforeWrite = Die;
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Collect(Operations().ApplyAsync(plan, Unproven, death.Token)));
        route53.AfterWrite = route53.BeforeWrite = static _ => { };
        var open = Operations().FindOpen(Zone.Id, plan.Checksum);
        var results = await Collect(Operations().ResumeAsync(open!, Unproven, CancellationToken.None));

        Assert.Equal(1500, results.Count(static result => result.Outcome == DnsRecordChangeOutcome.Applied));
        Assert.Equal(secondRequestArrived ? 2 : 3, route53.Writes);
        Assert.Equal(1500, route53.Records().Count);
        Assert.Null(Operations().FindOpen(Zone.Id, plan.Checksum));
        var again = await Assert.ThrowsAsync<HostingException>(() => Collect(Operations().ResumeAsync(open!, Unproven, CancellationToken.None)));
        Assert.Equal(ErrorIds.OperationNotResumable, again.ErrorId);
    }

    [Fact]
    public async Task A_resume_leaves_alone_what_somebody_changed_in_the_meantime()
    {
        var plan = Plan(Change(null, Set("a", "192.0.2.1")), Change(null, Set("b", "192.0.2.1")));
        using var death = new CancellationTokenSource();
        route53.BeforeWrite = _ =>
        {
            death.Cancel();
            throw new OperationCanceledException(death.Token);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Collect(Operations().ApplyAsync(plan, Unproven, death.Token)));
        route53.BeforeWrite = static _ => { };
        route53.Add(Set("a", "203.0.113.5"));

        var results = await Collect(Operations().ResumeAsync(Operations().FindOpen(Zone.Id, plan.Checksum)!, Unproven, CancellationToken.None));

        Assert.Equal(
            [(Set("a", "").Name, DnsRecordChangeOutcome.Conflict), (Set("b", "").Name, DnsRecordChangeOutcome.Applied)],
            results.Select(static result => (result.Record, result.Outcome)).Order());
        Assert.Equal("203.0.113.5", route53.AddressOf(Set("a", "").Name));
    }

    [Fact]
    public async Task An_operation_is_taken_back_but_for_what_was_changed_since()
    {
        var (old, other) = (Set("old", "192.0.2.1"), Set("other", "192.0.2.2"));
        route53.Add(old, other);
        var done = await ApplyAsync(Change(old, old with { Ttl = 300 }), Change(other, other with { Ttl = 300 }), Change(null, Set("new", "192.0.2.3")));
        route53.SetAddress(other.Name, "203.0.113.5");

        var back = await Operations().PlanUndoAsync(done[0].OperationId, new ZoneChangePlanOptions(), CancellationToken.None);
        await Collect(Operations().ApplyAsync(back, Unproven, CancellationToken.None));

        Assert.Equal((ZoneChangeKind.Undo, done[0].OperationId), (back.Kind, back.UndoOf));
        Assert.Equal(other.Name, Assert.Single(back.Notices).Record);
        Assert.Equal([old, Set("other", "203.0.113.5")], route53.Records().OrderBy(static set => set.Name, StringComparer.Ordinal));
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
    public async Task A_resume_does_not_claim_what_Route_53_had_refused_us()
    {
        var plan = Plan([.. Enumerable.Range(0, 1500).Select(static i => Change(null, Set($"s{i:0000}", "192.0.2.1")))]);
        route53.Add(Set("s0007", "192.0.2.1"));
        using var death = new CancellationTokenSource();
        route53.AfterWrite = _ =>
        {
            if (route53.Writes == 3)
            {
                death.Cancel();
                throw new OperationCanceledException(death.Token);
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Collect(Operations().ApplyAsync(plan, Unproven, death.Token)));
        route53.AfterWrite = static _ => { };

        var results = await Collect(Operations().ResumeAsync(Operations().FindOpen(Zone.Id, plan.Checksum)!, Unproven, CancellationToken.None));

        Assert.Equal(DnsRecordChangeOutcome.AlreadyThere, results.Single(static result => result.Record == Set("s0007", "").Name).Outcome);
        Assert.Equal(1499, results.Count(static result => result.Outcome == DnsRecordChangeOutcome.Applied));
    }

    [Fact]
    public async Task A_name_with_escapes_is_read_again_by_name()
    {
        var odd = Set("cafe", "192.0.2.1") with { Name = "caf\\195\\169\\032x." + Zone.Name };

        var done = Assert.Single(await ApplyAsync(Change(null, odd)));
        var back = await Operations().PlanUndoAsync(done.OperationId, new ZoneChangePlanOptions(), CancellationToken.None);

        Assert.Empty(back.Notices);
        Assert.Equal([odd], Assert.Single(back.Changes).Before);
    }

    [Fact]
    public async Task An_undo_is_judged_by_the_zone_as_it_is_now_and_by_no_edited_journal()
    {
        var done = await ApplyAsync([.. Enumerable.Range(0, 40).Select(static i => Change(null, Set($"s{i}", "192.0.2.1")))]);

        var back = await Operations().PlanUndoAsync(done[0].OperationId, new ZoneChangePlanOptions(), CancellationToken.None);
        state.Write(static transaction => transaction.Execute("UPDATE zone_operations SET result_json = replace(result_json, '192.0.2.1', '203.0.113.66')"));
        var error = await Assert.ThrowsAsync<HostingException>(() => Operations().PlanUndoAsync(done[0].OperationId, new ZoneChangePlanOptions(), CancellationToken.None));

        Assert.Equal(GateOutcome.Refused, back.Gates.Single(static gate => gate.Name == ZoneChangeGateName.ChangePercent).Outcome);
        Assert.Equal(ErrorIds.JournalTampered, error.ErrorId);
    }

    [Fact]
    public async Task An_operation_that_two_processes_finish_keeps_its_first_ending()
    {
        var done = await ApplyAsync(Change(null, Set("a", "192.0.2.1")));

        new ZoneJournal(state).Finish(done[0].OperationId, "Failed", "Later.", ErrorIds.Unexpected, []);

        Assert.Equal("Succeeded", new ZoneJournal(state).Find(done[0].OperationId).Outcome);
    }

    [Fact]
    public async Task A_zone_that_is_full_is_not_filled_change_by_change()
    {
        route53.BeforeWrite = static _ => throw new Amazon.Route53.Model.InvalidChangeBatchException("full") { Messages = ["Exceeded limit MAX_RRSETS_BY_ZONE for zone: Z1"] };

        var results = await ApplyAsync([.. Enumerable.Range(0, 100).Select(static i => Change(null, Set($"s{i}", "192.0.2.1")))]);

        Assert.Equal(1, route53.Writes);
        Assert.All(results, static result => Assert.Equal((DnsRecordChangeOutcome.Failed, ErrorIds.AwsRequestFailed), (result.Outcome, result.ErrorId)));
    }

    [Fact]
    public async Task A_change_with_an_unknown_outcome_keeps_the_operation_open()
    {
        var plan = Plan(Change(null, Set("a", "192.0.2.1")));
        route53.AfterWrite = static _ => throw ScriptedRoute53.ConnectionLost();
        route53.BeforeRead = static () => throw ScriptedRoute53.ConnectionLost();
        route53.BeforeWrite = static number =>
        {
            if (number > 1)
            {
                throw ScriptedRoute53.Denied();
            }
        };

        var result = Assert.Single(await Collect(Operations().ApplyAsync(plan, Unproven, CancellationToken.None)));
        route53.BeforeRead = static () => { };
        var resumed = Assert.Single(await Collect(Operations().ResumeAsync(Operations().FindOpen(Zone.Id, plan.Checksum)!, Unproven, CancellationToken.None)));

        Assert.Equal((DnsRecordChangeOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown), (result.Outcome, result.ErrorId));
        Assert.Equal(DnsRecordChangeOutcome.Applied, resumed.Outcome);
    }

    [Fact]
    public async Task A_journal_that_was_edited_is_not_resumed()
    {
        var plan = Plan(Change(null, Set("a", "192.0.2.1")));
        using var death = new CancellationTokenSource();
        route53.BeforeWrite = _ =>
        {
            death.Cancel();
            throw new OperationCanceledException(death.Token);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Collect(Operations().ApplyAsync(plan, Unproven, death.Token)));
        var open = Operations().FindOpen(Zone.Id, plan.Checksum)!;
        state.Write(static transaction => transaction.Execute("UPDATE zone_operations SET plan_json = replace(plan_json, '192.0.2.1', '203.0.113.66')"));

        var error = await Assert.ThrowsAsync<HostingException>(() => Collect(Operations().ResumeAsync(open, Unproven, CancellationToken.None)));

        Assert.Equal(ErrorIds.JournalTampered, error.ErrorId);
        Assert.Equal(1, route53.Writes);
    }

    private static ZoneChangePlan Plan(params DnsRecordChange[] changes) =>
        ZoneChangePlans.Create(ZoneChangeKind.Sync, Zone, 2, changes, [], new ZoneChangePlanOptions(), DateTimeOffset.UnixEpoch, null);

    private static DnsRecordChange Change(DnsRecordSet? before, DnsRecordSet? after) => new()
    {
        Record = (before ?? after)!.Name,
        Before = before is null ? [] : [before],
        After = after is null ? [] : [after],
        Reason = "Because.",
    };

    private static DnsRecordSet Set(string name, string address) => new() { Name = $"{name}.{Zone.Name}", Type = "A", Ttl = 60, Values = [address] };

    private static DnsRecordSet Text(string name, string value) => new() { Name = $"{name}.{Zone.Name}", Type = "TXT", Ttl = 60, Values = [value] };

    private static DnsRecordSet Weighted(string identifier, int weight) =>
        Set("spread", "192.0.2.1") with { SetIdentifier = identifier, Routing = new DnsRoutingPolicy { Weight = weight } };

    private static async Task<List<DnsRecordChangeResult>> Collect(IAsyncEnumerable<DnsRecordChangeResult> results)
    {
        var list = new List<DnsRecordChangeResult>();
        await foreach (var result in results)
        {
            list.Add(result);
        }

        return list;
    }

    private Task<List<DnsRecordChangeResult>> ApplyAsync(params DnsRecordChange[] changes) =>
        Collect(Operations().ApplyAsync(Plan(changes), Unproven, CancellationToken.None));

    private ZoneChangeOperations Operations()
    {
        var reader = new HostedZoneReader(route53, SilentReporter.Instance);
        var silent = SilentReporter.Instance;
        var proof = new ZoneChangeProof(
            new HostingInventory { Zone = Zone.Name },
            reader,
            new ChangeWaiter(route53, silent, TimeProvider.System),
            new AuthoritativeServers(),
            new SwitchVerifier(new DnsClient(TimeProvider.System), TimeProvider.System),
            silent);
        return new ZoneChangeOperations(
            new RecordSwitcher(route53, reader, silent, TimeProvider.System, Random.Shared, SwitchScope.Records),
            reader,
            proof,
            () => state,
            endpointUrl: null,
            silent,
            TimeProvider.System);
    }
}
