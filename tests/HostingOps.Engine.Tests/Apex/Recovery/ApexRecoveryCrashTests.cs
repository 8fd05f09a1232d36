using System.Data;
using HostingOps.Engine.State;
using HostingOps.Sandbox.Api;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.Tests.Apex.Recovery;

/// <summary>Recoveries that are cut off, at any moment, and answers that are lost.</summary>
public sealed class ApexRecoveryCrashTests
{
    // Every journal write and every AWS call reads the clock, before and after: that is where the process dies.
    [Fact]
    public async Task Cut_off_anywhere_it_is_resumed_with_one_instance_ever_launched()
    {
        await using var world = await Recoveries.StartAsync(shape: static timings => timings with { AddressVisible = TimeSpan.FromMilliseconds(10) });
        var options = world.Ways(planned: true, terminateOld: true) with { Interval = TimeSpan.FromMilliseconds(10) };
        var (ended, diedAt) = (false, new List<long>());
        for (var death = 1; !ended; death++)
        {
            var name = FormattableString.Invariant($"machine{death}");
            var old = await world.HolderAsync();
            var plan = await world.Machine(name).PlanApexRecoveryAsync(options, CancellationToken.None);
            Assert.True(plan.Allowed, string.Join("\n", plan.Gates));
            var before = (await world.InstancesAsync()).Count;
            using var clock = new DyingClock(death, world, name);
            try
            {
                var whole = await world.Machine(name, clock).RestoreApexAsync(plan, options, CancellationToken.None);
                ended = whole.Outcome == ApexRecoveryOutcome.Restored && !clock.IsDead;
            }
            catch (Exception error) when (clock.IsDead && error is OperationCanceledException or HostingException)
            {
                // Dead.
            }

            if (!ended)
            {
                diedAt.Add(clock.Entries);
                await FinishAsync(world, name, options, old!);
            }

            Assert.True(before + 1 == (await world.InstancesAsync()).Count, $"death {death}: not exactly one instance was launched");
            var alive = Assert.Single(await world.InstancesAsync(Recoveries.Living));
            Assert.Equal(alive.InstanceId, await world.HolderAsync());
            Assert.NotEqual(old, alive.InstanceId);
        }

        // Between any two entries of the journal, and before and after each call in between.
        Assert.Equal(Enumerable.Range(0, (int)diedAt.Max() + 1), diedAt.Distinct().Order().Select(static entries => (int)entries));
        Assert.InRange(diedAt.Max(), 12, 100);
        Assert.InRange(diedAt.Count, 30, 10_000);
    }

    private static async Task FinishAsync(ApexWorld world, string name, HostingOps.Engine.Apex.Recovery.ApexRecoveryOptions options, string old)
    {
        ApexRecoveryResult result;
        try
        {
            result = await world.Machine(name).ResumeApexRecoveryAsync(null, options, CancellationToken.None);
        }
        catch (HostingException error) when (error.ErrorId == ErrorIds.OperationNotFound)
        {
            if (await world.HolderAsync() != old)
            {
                // It died after its end was written down.
                return;
            }

            result = await world.RestoreAsync(options, world.Machine(name));
        }

        Assert.True(result.Outcome == ApexRecoveryOutcome.Restored, result.Reason);
    }

    [Theory]
    [InlineData("RunInstances", SandboxApiFault.AnswerLost)]
    [InlineData("RunInstances", SandboxApiFault.GarbageAnswer)]
    [InlineData("AssociateAddress", SandboxApiFault.AnswerLost)]
    public async Task Lost_answers_launch_and_move_nothing_twice(string action, SandboxApiFault fault)
    {
        await using var world = await Recoveries.StartAsync();
        world.Sandbox.StopZone("eu-west-1a");
        var machine = world.Machine();
        var plan = await machine.PlanApexRecoveryAsync(world.InSilence(), CancellationToken.None);
        world.Sandbox.Faults.FailNext(action, fault, 2);
        var result = await machine.RestoreApexAsync(plan, world.Ways(), CancellationToken.None);
        if (result.Outcome != ApexRecoveryOutcome.Restored)
        {
            Assert.True(result.Resumable, result.Reason);
            world.Sandbox.Faults.Clear();
            result = await world.Machine().ResumeApexRecoveryAsync(result.OperationId, world.Ways(), CancellationToken.None);
        }

        Assert.True(result.Outcome == ApexRecoveryOutcome.Restored, result.Reason);
        Assert.Equal(2, (await world.InstancesAsync()).Count);
    }

    [Fact]
    public async Task What_has_ended_is_not_resumed()
    {
        await using var world = await Recoveries.StartAsync();
        var machine = world.Machine();
        var result = await world.RestoreAsync(world.Ways(planned: true), machine);
        Assert.Equal(
            ErrorIds.OperationNotResumable,
            (await Assert.ThrowsAsync<HostingException>(() => machine.ResumeApexRecoveryAsync(result.OperationId, world.Ways(), CancellationToken.None))).ErrorId);
        Assert.Equal(
            ErrorIds.OperationNotFound,
            (await Assert.ThrowsAsync<HostingException>(() => machine.ResumeApexRecoveryAsync(null, world.Ways(), CancellationToken.None))).ErrorId);
        Assert.Equal(
            ErrorIds.OperationNotFound,
            (await Assert.ThrowsAsync<HostingException>(() => machine.ResumeApexRecoveryAsync("no-such", world.Ways(), CancellationToken.None))).ErrorId);
    }

    /// <summary>
    /// A clock in which a process dies when the world is in the given state, counted from the beginning, and stays dead. A state
    /// is a number of AWS calls and of journal entries: between two of them nothing happens that a death could cut off.
    /// </summary>
    private sealed class DyingClock(int death, ApexWorld world, string machine) : TimeProvider, IDisposable
    {
        private readonly object gate = new();
        private readonly SqliteConnection journal = new($"Data Source={world.StateOf(machine)};Mode=ReadOnly;Pooling=False");
        private (int Calls, long Entries)? seen;
        private int states;

        /// <summary>How many entries the journal had when it died.</summary>
        public long Entries => seen!.Value.Entries;

        public bool IsDead { get; private set; }

        public override DateTimeOffset GetUtcNow() => Alive(base.GetUtcNow());

        public override long GetTimestamp() => Alive(base.GetTimestamp());

        public void Dispose() => journal.Dispose();

        private T Alive<T>(T value)
        {
            lock (gate)
            {
                if (!IsDead)
                {
                    var now = (world.Sandbox.ApiCalls.Values.Sum(), Written());
                    (seen, states) = (now, now == seen ? states : states + 1);
                    IsDead = states >= death;
                }

                return IsDead ? throw new OperationCanceledException("The process died.") : value;
            }
        }

        private long Written()
        {
            if (!File.Exists(world.StateOf(machine)))
            {
                return 0;
            }

            if (journal.State != ConnectionState.Open)
            {
                journal.Open();
            }

            using var command = journal.CreateCommand();
            command.CommandText = "SELECT entry_count FROM apex_head";
            return (long)command.ExecuteScalar()!;
        }
    }
}
