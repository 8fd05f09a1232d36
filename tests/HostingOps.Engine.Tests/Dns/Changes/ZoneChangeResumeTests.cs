using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Dns.Changes;

/// <summary>Operations on a zone after sudden ends: resumed, taken back, and by whom.</summary>
public sealed class ZoneChangeResumeTests : ZoneChangeTests
{
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
}
