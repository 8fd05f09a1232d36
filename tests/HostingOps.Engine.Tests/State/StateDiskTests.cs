using System.Diagnostics;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.State;

/// <summary>The same errors on a real small disk; needs the right to mount one.</summary>
public sealed class StateDiskTests
{
    [SkippableFact]
    public void A_disk_that_really_runs_full_is_a_clear_error_and_the_journal_stays_whole()
    {
        using var disk = SmallDisk.Mount();
        using var database = StateDatabase.Open(disk.Folder.Combine("state.db"), Journals.Clock());
        var journal = new FailoverJournal(database);
        var id = journal.Begin(Journals.Operation("acme"));

        HostingException? error = null;
        for (var count = 0; error is null && count < 1000; count++)
        {
            error = Record.Exception(() => journal.Append(id, "acme", FailoverStep.Fence, JournalMoment.Done, new string('x', 20_000))) as HostingException;
        }

        Assert.Equal(ErrorIds.StateUnavailable, error?.ErrorId);
        Assert.True(journal.Verify().Intact);
        Assert.Equal(JournalMoment.Done, journal.Entries(id)[0].Moment);
    }

    [SkippableFact]
    public void A_read_only_disk_is_a_clear_error()
    {
        using var disk = SmallDisk.Mount();
        StateDatabase.Open(disk.Folder.Combine("state.db"), Journals.Clock()).Dispose();
        disk.Remount("ro");

        var existing = Assert.Throws<HostingException>(() => StateDatabase.Open(disk.Folder.Combine("state.db"), Journals.Clock()));
        var missing = Assert.Throws<HostingException>(() => StateDatabase.Open(disk.Folder.Combine("other.db"), Journals.Clock()));

        Assert.Equal((ErrorIds.StateUnavailable, ErrorIds.StateUnavailable), (existing.ErrorId, missing.ErrorId));
        Assert.All([existing, missing], error => Assert.Contains(StateLocation.Variable, error.RecommendedAction, StringComparison.Ordinal));
    }

    private sealed class SmallDisk : IDisposable
    {
        private bool mounted;

        public TemporaryFolder Folder { get; } = new();

        public static SmallDisk Mount()
        {
            Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux mounts a tmpfs.");
            var disk = new SmallDisk();
            disk.mounted = Run("-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.Folder.Path) == 0;
            if (!disk.mounted)
            {
                disk.Dispose();
                throw new SkipException("This account may not mount a tmpfs.");
            }

            return disk;
        }

        public void Remount(string option) => Assert.Equal(0, Run("-o", "remount," + option, Folder.Path));

        public void Dispose()
        {
            if (mounted)
            {
                Run(RealPart.Require("umount"), [Folder.Path]);
            }

            Folder.Dispose();
        }

        private static int Run(params string[] arguments) => Run(RealPart.Require("mount"), arguments);

        private static int Run(string program, string[] arguments)
        {
            var start = new ProcessStartInfo(program) { RedirectStandardError = true };
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            Assert.True(process.WaitForExit(Eventually.Patience));
            return process.ExitCode;
        }
    }
}
