using System.Diagnostics;
using System.Globalization;
using System.Text;
using HostingOps.Engine.Failover.Hooks;
using HostingOps.Engine.State;
using HostingOps.Engine.Tests.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Failover.Hooks;

public sealed class HookRunnerTests : IDisposable
{
    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task A_hook_runs_with_its_arguments_as_they_are_and_no_shell_looks_at_them()
    {
        RealPart.Require("printf");

        var result = await RunAsync(["printf", "<%s>", "a b", "$(id)", ";", "*", "'\"", ""]);

        Assert.Equal((0, "<a b><$(id)><;><*><'\"><>", 0L), (result.ExitCode, result.Output, result.OmittedCharacters));
    }

    [SkippableFact]
    public async Task A_hook_finds_its_operation_site_and_stage_in_its_environment_and_nothing_on_its_input()
    {
        RealPart.Require("sh");

        var result = await RunAsync(
            ["sh", "-c", "cat; echo $HOSTINGOPS_OPERATION $HOSTINGOPS_SITE $HOSTINGOPS_KIND $HOSTINGOPS_FROM $HOSTINGOPS_TO $HOSTINGOPS_STAGE $PWD"],
            HookEnvironment.For("01OP", Journals.Plan("acme")));

        Assert.Equal($"01OP acme Failover do-1 li-1 Promote {folder.Path}\n", result.Output);
    }

    [SkippableFact]
    public async Task Both_outputs_are_kept_as_utf8()
    {
        RealPart.Require("sh");

        var result = await RunAsync(["sh", "-c", "echo größe; echo 字 >&2"]);

        Assert.Contains("größe\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("字\n", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_exit_code_other_than_0_is_a_failure_that_shows_the_output()
    {
        RealPart.Require("sh");

        var error = await Assert.ThrowsAsync<HookException>(() => RunAsync(["sh", "-c", "echo boom >&2; exit 3"]));

        Assert.Equal((ErrorIds.HookFailed, HostingErrorCategory.ExternalProgramFailed), (error.ErrorId, error.Category));
        Assert.Equal((3, "boom\n"), (error.Result.ExitCode, error.Result.Output));
        Assert.Contains("exit code 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("boom", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_failure_that_says_so()
    {
        var error = await Assert.ThrowsAsync<HookException>(() => RunAsync(["no-such-program", "x"]));

        Assert.Equal(ErrorIds.HookFailed, error.ErrorId);
        Assert.Contains("no program 'no-such-program'", error.Message, StringComparison.Ordinal);
        Assert.Null(error.Result.ExitCode);
    }

    [SkippableFact]
    public async Task A_bare_name_is_looked_for_on_the_path_and_never_in_the_current_folder()
    {
        Skip.If(OperatingSystem.IsWindows(), "Needs a script that Windows does not run.");
        Script("stray", "echo stray");

        await Assert.ThrowsAsync<HookException>(() => RunAsync(["stray"]));

        Assert.Equal("stray\n", (await RunAsync(["./stray"])).Output);
        Assert.Equal("stray\n", (await RunAsync(["stray"], new Dictionary<string, string> { ["PATH"] = folder.Path + ":/usr/bin:/bin" })).Output);
    }

    [SkippableFact]
    public async Task A_file_that_can_not_be_executed_is_a_failure_that_says_so()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no execute bit.");
        folder.Write("plain", "echo");
        Script("broken", "", "#!/no/such/interpreter\n");

        var plain = await Assert.ThrowsAsync<HookException>(() => RunAsync(["./plain"]));
        var broken = await Assert.ThrowsAsync<HookException>(() => RunAsync(["./broken"]));

        Assert.Equal((ErrorIds.HookFailed, ErrorIds.HookFailed), (plain.ErrorId, broken.ErrorId));
    }

    [SkippableFact]
    public async Task A_flood_of_output_is_cut_to_its_end()
    {
        RealPart.Require("sh");

        var result = await RunAsync(["sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x; echo; echo the end"]);

        Assert.EndsWith("x\nthe end\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(OutputTail.Limit, Encoding.UTF8.GetByteCount(result.Output));
        Assert.Equal(3_000_000 + 9 - result.Output.Length, result.OmittedCharacters);
    }

    [SkippableFact]
    public async Task A_hook_that_hangs_is_killed_with_everything_it_started()
    {
        RealPart.Require("setsid");
        var running = RunAsync(["sh", "-c", Brood]);
        var brood = await BroodAsync();
        Assert.All(brood, process => Assert.False(process.IsGone()));

        clock.Advance(TimeSpan.FromSeconds(30));

        var error = await Assert.ThrowsAsync<HookException>(() => running);
        Assert.Equal((ErrorIds.HookTimedOut, HostingErrorCategory.OperationTimeout), (error.ErrorId, error.Category));
        Assert.Equal((null, "waiting\n"), (error.Result.ExitCode, error.Result.Output));
        Assert.Equal(30, error.Result.Seconds);
        Assert.Contains("30 s", error.Message, StringComparison.Ordinal);
        await EventuallyAsync(() => brood.All(process => process.IsGone()));
    }

    [SkippableFact]
    public async Task Cancellation_kills_a_hook_with_everything_it_started()
    {
        RealPart.Require("setsid");
        using var cancellation = new CancellationTokenSource();
        var running = RunAsync(["sh", "-c", Brood], cancellationToken: cancellation.Token);
        var brood = await BroodAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await EventuallyAsync(() => brood.All(process => process.IsGone()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(["no-such-program"], cancellationToken: cancellation.Token));
    }

    [SkippableFact]
    public async Task A_hook_that_dies_of_the_same_interrupt_counts_as_cancelled_and_one_that_dies_of_its_own_as_failed()
    {
        RealPart.Require("sh");
        string[] dying = ["sh", "-c", "exit 130"];
        using var cancellation = new CancellationTokenSource();
        var interrupted = RunAsync(dying, cancellationToken: cancellation.Token);
        var failed = RunAsync(dying);

        // Without the wait both would have ended by then.
        await Task.WhenAny(interrupted, Task.Delay(TimeSpan.FromSeconds(2)));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interrupted);

        await EventuallyAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return failed.IsCompleted;
        });
        var error = await Assert.ThrowsAsync<HookException>(() => failed);
        Assert.Equal((ErrorIds.HookFailed, 130), (error.ErrorId, error.Result.ExitCode));
    }

    [SkippableFact]
    public async Task A_child_left_behind_on_purpose_lives_on_and_does_not_hold_the_hook_up()
    {
        RealPart.Require("sh");
        var runner = new HookRunner(TimeProvider.System, folder.Path);

        var result = await runner.RunAsync(
            Planned(["sh", "-c", "sleep 600 & echo $! > pids; echo started"]), NoVariables, SilentReporter.Instance, default);

        Assert.Equal((0, "started\n"), (result.ExitCode, result.Output));
        using var left = Process.GetProcessById(int.Parse(File.ReadAllText(folder.Combine("pids")), CultureInfo.InvariantCulture));
        Assert.False(left.HasExited);
        left.Kill();
    }

    [SkippableFact]
    public async Task Secrets_of_the_environment_reach_neither_output_nor_reporter_nor_error_nor_journal()
    {
        RealPart.Require("sh");
        const string key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        const string token = "IQoJb3JpZ2luX2VjEXAMPLETOKEN+more==";
        var secrets = new Dictionary<string, string> { ["AWS_SECRET_ACCESS_KEY"] = key, ["AWS_SESSION_TOKEN"] = token, ["DB_PASSWORD"] = "hunter2hunter2" };
        var reporter = new Lines();
        var runner = new HookRunner(clock, folder.Path);

        var error = await Assert.ThrowsAsync<HookException>(() => runner.RunAsync(
            Planned(["sh", "-c", "env; echo id=$DB_PASSWORD.$AWS_SESSION_TOKEN; exit 1", key]), secrets, reporter, default));

        Assert.Contains("AWS_SECRET_ACCESS_KEY=***\n", error.Result.Output, StringComparison.Ordinal);
        Assert.Contains("id=***.***\n", error.Result.Output, StringComparison.Ordinal);
        using (var database = folder.Open())
        {
            var journal = new FailoverJournal(database);
            var id = journal.Begin(Journals.Operation("acme"));
            journal.Append(id, "acme", FailoverStep.Fence, JournalMoment.Failed, error.Message, StateValue.ToJson(error.Result));
            journal.Finish(id, "acme", FailoverOutcome.Failed, error.Message, error.ErrorId, null);
        }

        var stored = Encoding.UTF8.GetString(File.ReadAllBytes(folder.Combine("state.db")));
        Assert.Contains("AWS_SECRET_ACCESS_KEY", stored, StringComparison.Ordinal);
        Assert.NotEmpty(reporter.All);
        foreach (var text in (string[])[stored, error.Message, error.Target!.ToString()!, error.Result.Output, string.Concat(reporter.All)])
        {
            Assert.All(secrets.Values, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    // A child, and an orphan in a session of its own whose parent has gone: no process tree shows that one.
    private const string Brood =
        "sleep 600 & echo $! >> pids; (setsid sh -c 'echo $$ >> pids; exec sleep 600' &); echo waiting; while :; do sleep 1; done";

    private Task<HookResult> RunAsync(
        string[] argv, IReadOnlyDictionary<string, string>? environment = null, CancellationToken cancellationToken = default) =>
        new HookRunner(clock, folder.Path)
            .RunAsync(Planned(argv), environment ?? NoVariables, SilentReporter.Instance, cancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);

    private static PlannedHook Planned(string[] argv) => new(HookStage.Promote, argv, TimeSpan.FromSeconds(30));

    private async Task<IReadOnlyList<ProcessMark>> BroodAsync()
    {
        await EventuallyAsync(() => File.Exists(folder.Combine("pids")) && File.ReadAllText(folder.Combine("pids")).Count(c => c == '\n') == 2);
        return File.ReadAllLines(folder.Combine("pids")).Select(line => ProcessMark.Of(int.Parse(line, CultureInfo.InvariantCulture))).ToList();
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not come about within 30 s.");
            await Task.Delay(20);
        }
    }

    private void Script(string name, string body, string head = "#!/bin/sh\n")
    {
        var path = folder.Write(name, head + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private sealed class Lines : IOperationReporter
    {
        public List<string> All { get; } = [];

        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message) => All.Add(message);

        public void Warning(string message) => All.Add(message);
    }
}
