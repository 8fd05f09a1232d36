using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.State;

/// <summary>Whose life can be judged, and who may open a shared database.</summary>
public sealed class ProcessMarkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Where_other_accounts_processes_are_hidden_nobody_s_life_is_judged()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Linux's /proc.");
        var proc = folder.Path;
        Directory.CreateDirectory(Path.Combine(proc, "sys/kernel/random"));
        Directory.CreateDirectory(Path.Combine(proc, "self/ns"));
        File.WriteAllText(Path.Combine(proc, "sys/kernel/random/boot_id"), "b1\n");
        File.CreateSymbolicLink(Path.Combine(proc, "self/ns/pid"), "pid:[4026531836]");
        Assert.Equal("", ProcessMark.SpaceOf(proc));

        Directory.CreateDirectory(Path.Combine(proc, "1"));
        File.WriteAllText(Path.Combine(proc, "1/stat"), "1 (init) S");
        Assert.EndsWith("/b1/pid:[4026531836]", ProcessMark.SpaceOf(proc), StringComparison.Ordinal);
        Assert.False(new ProcessMark("", int.MaxValue, "1").IsGone());
    }

    [SkippableFact]
    public void A_folder_that_is_shared_on_purpose_gets_a_database_for_its_group()
    {
        Skip.If(OperatingSystem.IsWindows(), "Unix modes.");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        foreach (var (name, mode, expected) in new[] { ("own", UnixFileMode.None, UnixFileMode.None), ("shared", UnixFileMode.SetGroup | Group | UnixFileMode.GroupExecute, Group) })
        {
            var path = folder.Combine(name);
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | mode);
            using var database = StateDatabase.Open(Path.Combine(path, "state.db"), Journals.Clock());
            database.Write(static transaction => transaction.Execute("CREATE TABLE trial (x)"));
            foreach (var file in Directory.GetFiles(path))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | expected, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public void Outcomes_are_counted_by_the_database()
    {
        var clock = Journals.Clock();
        using var database = folder.Open(clock);
        var journal = new FailoverJournal(database);
        journal.Begin(Journals.Operation("acme", "globex"));
        Assert.Equal(new Dictionary<FailoverOutcome, long> { [FailoverOutcome.InProgress] = 2 }, journal.OutcomesSince(clock.GetUtcNow().AddMinutes(-1)));
        Assert.Empty(journal.OutcomesSince(clock.GetUtcNow().AddMinutes(1))!);
    }
}
