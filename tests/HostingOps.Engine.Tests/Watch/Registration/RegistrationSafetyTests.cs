using HostingOps.Engine.Watch.Registration;

namespace HostingOps.Engine.Tests.Watch.Registration;

/// <summary>What a registration must not harm: runs under way, other people's lines and folders, and the state that is shared.</summary>
public sealed class RegistrationSafetyTests
{
    private const string Unit = "/etc/systemd/system/hostingops-watch.service";
    private readonly FakeMachine machine = new();

    [Fact]
    public async Task A_service_sees_who_lives_shares_its_state_with_its_group_and_is_begun_again_when_it_hangs()
    {
        var result = await RegisterAsync(FakeMachine.Linux(), Request());
        var text = machine.Files[Unit];
        Assert.DoesNotContain("ProtectProc", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ProcSubset", text[..text.IndexOf("[Install]", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain("DynamicUser", text, StringComparison.Ordinal);
        Assert.Contains("\nUMask=0007\n", text, StringComparison.Ordinal);
        Assert.Contains("\nStateDirectoryMode=2770\n", text, StringComparison.Ordinal);
        Assert.Contains("\nWatchdogSec=90\n", text, StringComparison.Ordinal);
        Assert.Contains("\nEnvironment=MALLOC_ARENA_MAX=1 DOTNET_GCgen0size=0x200000\n", text, StringComparison.Ordinal);
        Assert.Contains(result.Notes, static note => note.Contains("HOSTINGOPS_STATE=/var/lib/hostingops/state.db", StringComparison.Ordinal) && note.Contains("usermod -aG hostingops", StringComparison.Ordinal));

        var powershell = await RegisterAsync(FakeMachine.Linux(agent: false), Request());
        Assert.NotNull(powershell);
        Assert.DoesNotContain("WatchdogSec", machine.Files[Unit], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_account_is_made_by_a_command_that_is_shown()
    {
        machine.Accounts.Clear();
        var result = await RegisterAsync(FakeMachine.Linux(), Request());
        Assert.StartsWith("useradd --system ", machine.Changes[0], StringComparison.Ordinal);
        Assert.Equal(machine.Changes[0], result.Commands[0]);
        Assert.Equal(SiteWatchOutcome.Unchanged, (await RegisterAsync(FakeMachine.Linux(), Request())).Outcome);

        var error = await Assert.ThrowsAsync<HostingException>(() => RegisterAsync(FakeMachine.Linux(), Request() with { User = "nobody-yet" }));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
    }

    [Fact]
    public async Task A_watch_of_the_account_uses_the_account_s_own_state_and_says_so_only_when_it_does_not()
    {
        var surroundings = FakeMachine.Linux(root: false) with { OwnState = static () => "/srv/mine/state.db" };
        var own = await RegisterAsync(surroundings, Request());
        Assert.Equal("/srv/mine/state.db", own.StatePath);
        Assert.DoesNotContain(own.Notes, static note => note.Contains("HOSTINGOPS_STATE", StringComparison.Ordinal));
        var other = await RegisterAsync(surroundings, Request() with { StatePath = "/srv/other.db" });
        Assert.Contains(other.Notes, static note => note.Contains("HOSTINGOPS_STATE=/srv/other.db", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_for_the_state_is_made_for_the_account_and_one_that_is_there_is_left_alone()
    {
        var request = Request() with { StatePath = "/srv/state/state.db" };
        await RegisterAsync(FakeMachine.Linux(), request);
        Assert.Equal(["install --directory --mode=2770 /srv/state", "chown hostingops: /srv/state"], machine.Changes.Take(2));

        machine.Changes.Clear();
        var there = FakeMachine.Linux() with { FolderExists = static _ => true };
        var again = await RegisterAsync(there, request);
        Assert.Equal(SiteWatchOutcome.Unchanged, again.Outcome);
        Assert.Contains(again.Notes, static note => note.Contains("may write to '/srv/state'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, false, true)]
    [InlineData(@"c:\programdata\hostingops\other.db", true, true)]
    [InlineData(@"D:\Shared\state.db", true, false)]
    [InlineData(@"D:\New\state.db", false, true)]
    public async Task Only_a_folder_of_ours_loses_what_it_inherits(string? state, bool exists, bool isOurs)
    {
        await RegisterAsync(FakeMachine.Windows with { FolderExists = _ => exists }, Windows() with { StatePath = state });
        var rights = Assert.Single(machine.Changes, static change => change.StartsWith("icacls", StringComparison.Ordinal));
        Assert.Equal(isOurs, rights.Contains("/inheritance:r", StringComparison.Ordinal));
        Assert.Contains("/grant", rights, StringComparison.Ordinal);
        Assert.Contains("*S-1-5-19:(OI)(CI)M", rights, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"D:\state.db")]
    [InlineData(@"\\server\share\state.db")]
    public async Task The_root_of_a_drive_is_refused(string state)
    {
        var error = await Assert.ThrowsAsync<HostingException>(() => RegisterAsync(FakeMachine.Windows, Windows() with { StatePath = state }));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Empty(machine.Changes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_is_ended_before_it_is_replaced_or_removed_whether_it_runs_or_not(bool runs)
    {
        await RegisterAsync(FakeMachine.Windows, Windows());
        machine.TaskRuns = runs;
        machine.Changes.Clear();
        var changed = await RegisterAsync(FakeMachine.Windows, Windows() with { InventoryPath = @"C:\Ops\other.yml" });
        Assert.Equal(SiteWatchOutcome.Updated, changed.Outcome);
        var verbs = machine.Changes.Where(static change => change.StartsWith("schtasks", StringComparison.Ordinal)).Select(static change => change.Split(' ')[1]);
        Assert.Equal(["/End", "/Create", "/Run"], verbs);

        machine.TaskRuns = runs;
        var registrations = machine.On(FakeMachine.Windows);
        await registrations.ApplyAsync(await registrations.PlanRemovalAsync("hostingops-watch", null, default), default);
        Assert.Null(machine.Task);
    }

    [Fact]
    public async Task A_single_run_under_way_is_not_ended_by_a_second_registration()
    {
        var request = Request() with { Kind = SiteWatchKind.Timer };
        await RegisterAsync(FakeMachine.Linux(), request);
        machine.UnderWay = "hostingops-watch.service";
        machine.Changes.Clear();
        Assert.Equal(SiteWatchOutcome.Unchanged, (await RegisterAsync(FakeMachine.Linux(), request)).Outcome);
        Assert.Empty(machine.Changes);
        await RegisterAsync(FakeMachine.Linux(), Request());
        Assert.Contains("systemctl disable --now hostingops-watch.timer", machine.Changes);
    }

    [Fact]
    public async Task Other_lines_of_a_crontab_are_never_shown()
    {
        machine.Crontab = "TOKEN=s3cret\n";
        var registrations = machine.On(FakeMachine.Linux(root: false));
        var request = Request() with { Kind = SiteWatchKind.Cron };
        var plan = await registrations.PlanAsync(request, default);
        Assert.StartsWith("Register the watch 'hostingops-watch' as a line of cron that runs as ", plan.Describe(), StringComparison.Ordinal);
        Assert.Contains("hostingops watch", plan.Describe(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", plan.Describe(), StringComparison.Ordinal);
        await registrations.ApplyAsync(plan, default);
        Assert.StartsWith("TOKEN=s3cret\n", machine.Crontab, StringComparison.Ordinal);
        Assert.True((await registrations.PlanAsync(request, default)).ChangesNothing);
        var removal = await registrations.PlanRemovalAsync(request.TaskName, null, default);
        Assert.Contains("hostingops watch", removal.Describe(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", removal.Describe(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a.b")]
    [InlineData("")]
    public async Task A_name_is_judged_before_it_is_taken_away(string name)
    {
        var error = await Assert.ThrowsAsync<HostingException>(() => machine.On(FakeMachine.Linux()).PlanRemovalAsync(name, null, default));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
    }

    [Fact]
    public async Task Secrets_for_all_and_files_out_of_reach_are_noted()
    {
        const UnixFileMode All = UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        var surroundings = FakeMachine.Linux() with { ModeOf = static path => path == "/opt/private" ? UnixFileMode.UserRead : All };
        var request = Request() with { AgentPath = "/opt/private/hostingops", EnvironmentFiles = ["/etc/hostingops/watch.env"] };
        var notes = (await RegisterAsync(surroundings, request)).Notes;
        Assert.Contains(notes, static note => note.Contains("Everyone on this machine can read '/etc/hostingops/watch.env'", StringComparison.Ordinal));
        Assert.Contains(notes, static note => note.Contains("'/opt/private/hostingops': others can't pass '/opt/private'", StringComparison.Ordinal));
    }

    private static WatchRegistrationRequest Request() => new() { InventoryPath = "/etc/hostingops/hosting.yml" };

    private static WatchRegistrationRequest Windows() => new() { InventoryPath = @"C:\Ops\hosting.yml" };

    private async Task<SiteWatchRegistration> RegisterAsync(RegistrationSurroundings surroundings, WatchRegistrationRequest request)
    {
        var registrations = machine.On(surroundings);
        return await registrations.ApplyAsync(await registrations.PlanAsync(request, default), default);
    }
}
