using HostingOps.Engine.Failover;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.State;

/// <summary>The state database between real processes.</summary>
public sealed class WriterProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Processes_that_make_one_database_and_write_to_it_at_once_leave_one_whole_journal()
    {
        var writers = Enumerable.Range(0, 3).Select(number => WriterProcess.Start(folder.Combine("state.db"), $"site-{number}", 10)).ToList();
        foreach (var writer in writers)
        {
            var errors = await writer.StandardError.ReadToEndAsync().WaitAsync(Eventually.Patience);
            await writer.WaitForExitAsync().WaitAsync(Eventually.Patience);
            Assert.True(writer.ExitCode == 0, errors);
            writer.Dispose();
        }

        using var database = folder.Open();
        var journal = new FailoverJournal(database);
        Assert.Equal(new JournalVerification(3 * 10 * 4, null, null), journal.Verify());
        Assert.Equal(30, journal.History(new HistoryFilter()).Count);
    }

    [Fact]
    public async Task A_process_killed_while_writing_leaves_a_whole_journal_and_a_site_that_can_be_taken()
    {
        using var writer = WriterProcess.Start(folder.Combine("state.db"), "acme", 1_000_000);
        var done = new List<string>();
        while (done.Count < 5 && await writer.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Patience) is { } id)
        {
            done.Add(id);
        }

        using var database = folder.Open(TimeProvider.System);
        var locks = new OperationLock(database);
        Assert.Null(locks.TryAcquire(Journals.Zone, "acme", "OP2", "ada@desk", TimeSpan.FromMinutes(1), out var heldBy));
        Assert.Equal(writer.Id, heldBy!.ProcessId);

        writer.Kill();
        await writer.WaitForExitAsync().WaitAsync(Eventually.Patience);

        using var lease = locks.TryAcquire(Journals.Zone, "acme", "OP2", "ada@desk", TimeSpan.FromMinutes(1), out _);
        Assert.NotNull(lease);
        var journal = new FailoverJournal(database);
        Assert.True(journal.Verify().Intact);
        Assert.Equal(5, done.Count);
        Assert.All(done, id => Assert.Equal(FailoverOutcome.Succeeded, journal.FindOperation(id)!.Sites[0].Outcome));
    }
}
