using System.Diagnostics;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.State;

public sealed class OperationLockTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = Journals.Clock();
    private readonly StateDatabase database;
    private readonly StateDatabase otherDatabase;
    private readonly OperationLock locks;
    private readonly OperationLock others;

    public OperationLockTests()
    {
        database = folder.Open(clock);
        otherDatabase = folder.Open(clock);
        locks = new OperationLock(database);
        others = new OperationLock(otherDatabase);
    }

    public void Dispose()
    {
        database.Dispose();
        otherDatabase.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_site_is_held_by_one_operation_and_the_other_learns_by_whom()
    {
        using var lease = locks.TryAcquire(Journals.Zone, "acme", "OP1", "ada@desk", Lease, out var nobody);

        Assert.Null(others.TryAcquire("SITES.example.net.", "acme", "OP2", "bob@desk", Lease, out var heldBy));

        Assert.NotNull(lease);
        Assert.Null(nobody);
        Assert.Equal(
            new LockHolder("acme", "OP1", "ada@desk", Environment.ProcessId, clock.GetUtcNow(), clock.GetUtcNow() + Lease), heldBy);
        var error = heldBy!.ToException();
        Assert.Equal((ErrorIds.SiteBusy, HostingErrorCategory.Conflict), (error.ErrorId, error.Category));
        Assert.Contains("ada@desk", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_site_name_in_another_zone_is_another_site()
    {
        using var one = locks.TryAcquire(Journals.Zone, "acme", "OP1", "ada@desk", Lease, out _);
        using var two = others.TryAcquire("other.example", "acme", "OP2", "bob@desk", Lease, out _);

        Assert.NotNull(one);
        Assert.NotNull(two);
    }

    [Fact]
    public void A_released_site_is_free()
    {
        var lease = locks.TryAcquire(Journals.Zone, "acme", "OP1", "ada@desk", Lease, out _)!;
        lease.Dispose();
        lease.Dispose();

        using var next = others.TryAcquire(Journals.Zone, "acme", "OP2", "bob@desk", Lease, out _);
        Assert.NotNull(next);
    }

    [Fact]
    public void A_lease_that_ran_out_is_taken_over_and_its_former_holder_can_neither_renew_nor_release_it()
    {
        var former = locks.TryAcquire(Journals.Zone, "acme", "OP1", "ada@desk", Lease, out _)!;
        clock.Advance(Lease);
        using var next = others.TryAcquire(Journals.Zone, "acme", "OP2", "bob@desk", Lease, out _);
        Assert.NotNull(next);

        Assert.Equal(["acme"], former.Renew());
        former.Dispose();

        Assert.Null(locks.TryAcquire(Journals.Zone, "acme", "OP3", "ada@desk", Lease, out var heldBy));
        Assert.Equal("OP2", heldBy!.OperationId);
    }

    [Fact]
    public void A_renewed_lease_holds_on()
    {
        using var lease = locks.AcquireAll(Journals.Zone, ["acme", "bolt"], "OP1", "ada@desk", Lease);
        clock.Advance(Lease - TimeSpan.FromSeconds(1));

        Assert.Empty(lease.Renew());

        clock.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.Equal(["acme", "bolt"], others.AcquireAll(Journals.Zone, ["acme", "bolt"], "OP2", "bob@desk", Lease).Busy.Select(held => held.SiteName));
    }

    [Fact]
    public void A_lease_kept_renewed_outlives_its_duration_and_ends_with_the_renewal()
    {
        using var lease = locks.TryAcquire(Journals.Zone, "acme", "OP1", "ada@desk", Lease, out _)!;
        var renewal = lease.KeepRenewed(clock);
        for (var turn = 0; turn < 10; turn++)
        {
            clock.Advance(Lease / 2);
        }

        Assert.Null(others.TryAcquire(Journals.Zone, "acme", "OP2", "bob@desk", Lease, out _));
        Assert.False(renewal.Lost.IsCancellationRequested);

        renewal.Dispose();
        clock.Advance(Lease);
        using var next = others.TryAcquire(Journals.Zone, "acme", "OP2", "bob@desk", Lease, out _);
        Assert.NotNull(next);
        Assert.False(renewal.Lost.IsCancellationRequested);
    }

    [Fact]
    public void A_renewal_says_when_the_site_was_taken_by_somebody_else()
    {
        using var lease = locks.TryAcquire(Journals.Zone, "acme", "OP1", "ada@desk", Lease, out _)!;
        using var renewal = lease.KeepRenewed(clock);
        StateDatabaseTests.Raw(database.Path, "UPDATE leases SET expires_at = '2000-01-01T00:00:00.0000000Z'");
        using var next = others.TryAcquire(Journals.Zone, "acme", "OP2", "bob@desk", Lease, out _);

        clock.Advance(Lease / 2);

        Assert.True(renewal.Lost.IsCancellationRequested);
    }

    [Fact]
    public void A_renewal_gives_up_only_when_it_could_not_write_for_a_whole_duration()
    {
        using var lease = locks.TryAcquire(Journals.Zone, "acme", "OP1", "ada@desk", Lease, out _)!;
        using var renewal = lease.KeepRenewed(clock);
        database.Dispose();

        clock.Advance(Lease / 2);
        Assert.False(renewal.Lost.IsCancellationRequested);

        clock.Advance(Lease / 2);
        Assert.True(renewal.Lost.IsCancellationRequested);
    }

    [Fact]
    public void Of_many_sites_those_that_are_free_are_taken_or_none()
    {
        using var bolt = others.TryAcquire(Journals.Zone, "bolt", "OP1", "bob@desk", Lease, out _);

        using (var none = locks.AcquireAll(Journals.Zone, ["acme", "bolt", "corp"], "OP2", "ada@desk", Lease, allOrNone: true))
        {
            Assert.Empty(none.SiteNames);
            Assert.Equal("bolt", Assert.Single(none.Busy).SiteName);
        }

        using var some = locks.AcquireAll(Journals.Zone, ["acme", "bolt", "corp", "acme"], "OP2", "ada@desk", Lease);

        Assert.Equal(["acme", "corp"], some.SiteNames);
        Assert.True(some.Holds("corp"));
        Assert.False(some.Holds("bolt"));
        Assert.Equal("OP1", Assert.Single(some.Busy).OperationId);
    }

    [SkippableFact]
    public void The_lease_of_a_process_that_died_is_taken_over_at_once()
    {
        var sleep = RealPart.Require("sleep");
        using var process = Process.Start(sleep, "600");
        var mark = ProcessMark.Of(process.Id);
        var abandoned = new OperationLock(otherDatabase, mark).TryAcquire(Journals.Zone, "acme", "OP1", "bob@desk", Lease, out _);
        Assert.NotNull(abandoned);
        Assert.Null(locks.TryAcquire(Journals.Zone, "acme", "OP2", "ada@desk", Lease, out var heldBy));
        Assert.Equal(process.Id, heldBy!.ProcessId);

        process.Kill();
        Assert.True(process.WaitForExit(Eventually.Patience));

        using var taken = locks.TryAcquire(Journals.Zone, "acme", "OP2", "ada@desk", Lease, out _);
        Assert.NotNull(taken);
    }

    [Fact]
    public void Another_process_with_the_dead_ones_id_does_not_keep_its_lease_alive()
    {
        var living = ProcessMark.Current();
        Assert.False(living.IsGone());
        Assert.True((living with { Birth = living.Birth + "0" }).IsGone());

        new OperationLock(otherDatabase, living with { Birth = living.Birth + "0" })
            .TryAcquire(Journals.Zone, "acme", "OP1", "bob@desk", Lease, out _);

        using var taken = locks.TryAcquire(Journals.Zone, "acme", "OP2", "ada@desk", Lease, out _);
        Assert.NotNull(taken);
    }

    [Fact]
    public void A_process_of_another_machine_or_container_is_not_called_dead()
    {
        var elsewhere = new ProcessMark("elsewhere/boot/pid:[1]", int.MaxValue, "1");
        new OperationLock(otherDatabase, elsewhere).TryAcquire(Journals.Zone, "acme", "OP1", "bob@far", Lease, out _);

        Assert.Null(locks.TryAcquire(Journals.Zone, "acme", "OP2", "ada@desk", Lease, out var heldBy));

        Assert.Equal("bob@far", heldBy!.Holder);
    }

    [Fact]
    public void Releasing_after_the_database_was_closed_is_no_error()
    {
        var lease = locks.TryAcquire(Journals.Zone, "acme", "OP1", "ada@desk", Lease, out _)!;
        database.Dispose();

        lease.Dispose();
    }

    [Fact]
    public async Task Of_many_who_want_a_site_at_once_exactly_one_gets_it()
    {
        for (var round = 0; round < 10; round++)
        {
            using var start = new Barrier(6);
            var site = $"site-{round}";
            var won = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Factory.StartNew(
                () =>
                {
                    using var own = StateDatabase.Open(database.Path, clock, TimeSpan.FromSeconds(60));
                    Assert.True(start.SignalAndWait(Eventually.Patience));
                    return new OperationLock(own).TryAcquire(Journals.Zone, site, $"OP{number}", "ada@desk", Lease, out _) is not null;
                },
                TaskCreationOptions.LongRunning)));

            Assert.Equal(1, won.Count(static one => one));
        }
    }

    [Fact]
    public void The_operator_is_user_at_machine() =>
        Assert.Equal($"{Environment.UserName}@{Environment.MachineName}", OperatorIdentity.Current());
}
