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

        // Once in every state that its own writes leave the world in, then in the midst of what it reads and asks.
        var states = new List<long>();
        for (var state = 1; await DieAsync(world, $"state{state}", clock => clock.States >= state) is { } entries; state++)
        {
            states.Add(entries);
        }

        Assert.Equal(Enumerable.Range(0, (int)states.Max() + 1), states.Distinct().Order().Select(static entries => (int)entries));
        Assert.InRange(states.Max(), 15, 100);
        Assert.InRange(states.Count, states.Max() + 3, 200);
        var (stride, reads) = (17, 0);
        while (await DieAsync(world, $"reads{reads}", clock => clock.Looks >= (reads + 1) * stride) is not null)
        {
            reads++;
        }

        Assert.InRange(reads, 5, 1_000);
    }

    /// <summary>A recovery whose process dies, and the one that goes on with it: the journal's length at the death, or null when none came.</summary>
    private static async Task<long?> DieAsync(ApexWorld world, string name, Func<DyingClock, bool> dies)
    {
        var options = world.Ways(planned: true, terminateOld: true) with { Interval = TimeSpan.FromMilliseconds(10) };
        var old = await world.HolderAsync();
        var plan = await world.Machine(name).PlanApexRecoveryAsync(options, CancellationToken.None);
        Assert.True(plan.Allowed, string.Join("\n", plan.Gates));
        var before = (await world.InstancesAsync()).Count;
        using var clock = new DyingClock(dies, world, name);
        try
        {
            var whole = await world.Machine(name, clock).RestoreApexAsync(plan, options, CancellationToken.None);
            Assert.True(clock.IsDead || whole.Outcome == ApexRecoveryOutcome.Restored, whole.Reason);
        }
        catch (Exception error) when (clock.IsDead && error is OperationCanceledException or HostingException)
        {
            // Dead.
        }

        if (clock.IsDead)
        {
            await FinishAsync(world, name, options, old!);
        }

        Assert.True(before + 1 == (await world.InstancesAsync()).Count, $"{name}: not exactly one instance was launched");
        var alive = Assert.Single(await world.InstancesAsync(Recoveries.Living));
        Assert.Equal(alive.InstanceId, await world.HolderAsync());
        Assert.NotEqual(old, alive.InstanceId);
        return clock.IsDead ? clock.Entries : null;
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

    /// <summary>A clock in which a process dies at some look, and stays dead. It counts the looks, and the states that writes have left the world in.</summary>
    private sealed class DyingClock(Func<DyingClock, bool> dies, ApexWorld world, string machine) : TimeProvider, IDisposable
    {
        private static readonly string[] Writes = ["RunInstances", "AssociateAddress", "CreateTags", "TerminateInstances"];

        private readonly object gate = new();
        private readonly SqliteConnection journal = new($"Data Source={world.StateOf(machine)};Mode=ReadOnly;Pooling=False");
        private (int Writes, long Entries)? seen;

        public int Looks { get; private set; }

        public int States { get; private set; }

        public bool IsDead { get; private set; }

        /// <summary>How many entries the journal had when it died.</summary>
        public long Entries => seen!.Value.Entries;

        public override DateTimeOffset GetUtcNow() => Alive(base.GetUtcNow());

        public override long GetTimestamp() => Alive(base.GetTimestamp());

        public void Dispose() => journal.Dispose();

        private T Alive<T>(T value)
        {
            lock (gate)
            {
                if (!IsDead)
                {
                    var now = (Writes.Sum(world.Calls), Written());
                    (seen, States, Looks) = (now, now == seen ? States : States + 1, Looks + 1);
                    IsDead = dies(this);
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
