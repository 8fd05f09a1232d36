using System.Runtime.InteropServices;
using HostingOps.Engine.Watch.Registration;

namespace HostingOps.Engine.Tests.Watch.Registration;

/// <summary>What is planned is what is done, once; what is not ours is left alone; what is taken away is all that was put there.</summary>
public sealed class WatchRegistrationTests
{
    private const string Unit = "/etc/systemd/system/hostingops-watch.service";
    private const string TimerUnit = "/etc/systemd/system/hostingops-watch.timer";
    private readonly FakeMachine machine = new();

    [Fact]
    public async Task A_service_is_written_switched_on_and_started()
    {
        var result = await RegisterAsync(FakeMachine.Linux(), Request());

        Assert.Equal(SiteWatchOutcome.Registered, result.Outcome);
        Assert.Equal((SiteWatchKind.Service, SiteWatchScope.System, "hostingops"), (result.Kind, result.Scope, result.RunsAs));
        Assert.Equal([$"write {Unit}", "systemctl daemon-reload", "systemctl enable hostingops-watch.service", "systemctl restart hostingops-watch.service"], machine.Changes);
        Assert.Equal([Unit], result.Files);
        Assert.Equal(machine.Changes.Skip(1), result.Commands);
        Assert.Contains("ExecStart=/usr/bin/hostingops watch --inventory /etc/hostingops/hosting.yml --state /var/lib/hostingops/state.db\n", machine.Files[Unit], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindNumbers))]
    public async Task A_second_time_nothing_is_changed(int number)
    {
        var (request, surroundings) = EveryKind[number];
        await RegisterAsync(surroundings, request);
        machine.Changes.Clear();

        var again = await RegisterAsync(surroundings, request);

        Assert.Equal(SiteWatchOutcome.Unchanged, again.Outcome);
        Assert.Empty(machine.Changes);
        Assert.Empty(again.Files);
        Assert.Empty(again.Commands);
    }

    [Theory]
    [MemberData(nameof(KindNumbers))]
    public async Task What_was_registered_is_taken_away_and_nothing_else(int number)
    {
        var (request, surroundings) = EveryKind[number];
        machine.Crontab = "MAILTO=ops@example.net\n0 1 * * * backup\n";
        machine.Files["/etc/cron.d/other"] = "x";
        await RegisterAsync(surroundings, request);
        var removed = await RemoveAsync(surroundings, request.TaskName);

        Assert.Equal(SiteWatchOutcome.Removed, removed.Outcome);
        Assert.Equal("MAILTO=ops@example.net\n0 1 * * * backup\n", machine.Crontab);
        Assert.Equal(["/etc/cron.d/other"], machine.Files.Keys);
        Assert.Null(machine.Task);
        machine.Changes.Clear();
        Assert.Equal(SiteWatchOutcome.NotRegistered, (await RemoveAsync(surroundings, request.TaskName)).Outcome);
        Assert.Empty(machine.Changes);
    }

    [Theory]
    [MemberData(nameof(KindNumbers))]
    public async Task Looking_at_the_plan_changes_nothing_and_shows_every_text_and_command(int number)
    {
        var (request, surroundings) = EveryKind[number];
        var plan = await machine.On(surroundings).PlanAsync(request, default);
        Assert.Empty(machine.Changes);

        var told = plan.Describe();
        await machine.On(surroundings).ApplyAsync(plan, default);
        Assert.All(machine.Files.Values.Append(machine.Crontab ?? "").Append(machine.Task ?? ""), text =>
            Assert.All(text.ReplaceLineEndings("\n").Split('\n'), line => Assert.Contains(line, told, StringComparison.Ordinal)));
        Assert.All(plan.Result.Commands, command => Assert.Contains("Run: " + command, told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_setting_is_an_update_and_restarts_the_watch()
    {
        await RegisterAsync(FakeMachine.Linux(), Request());
        machine.Changes.Clear();

        var changed = await RegisterAsync(FakeMachine.Linux(), Request() with { InventoryPath = "/etc/hostingops/other.yml" });

        Assert.Equal(SiteWatchOutcome.Updated, changed.Outcome);
        Assert.Contains("systemctl restart hostingops-watch.service", machine.Changes);
        Assert.Contains("other.yml", machine.Files[Unit], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_somebody_stopped_is_started_again()
    {
        await RegisterAsync(FakeMachine.Linux(), Request());
        machine.Stop("hostingops-watch.service");
        machine.Changes.Clear();

        Assert.Equal(SiteWatchOutcome.Updated, (await RegisterAsync(FakeMachine.Linux(), Request())).Outcome);
        Assert.Equal(["systemctl enable hostingops-watch.service", "systemctl restart hostingops-watch.service"], machine.Changes);
    }

    [Fact]
    public async Task Another_kind_takes_the_place_of_the_one_before()
    {
        await RegisterAsync(FakeMachine.Linux(), Request());
        machine.Changes.Clear();
        await RegisterAsync(FakeMachine.Linux(), Request() with { Kind = SiteWatchKind.Timer });

        Assert.Equal("systemctl disable --now hostingops-watch.service", machine.Changes[0]);
        Assert.Equal("systemctl restart hostingops-watch.timer", machine.Changes[^1]);
        Assert.Contains("Type=oneshot", machine.Files[Unit], StringComparison.Ordinal);

        machine.Changes.Clear();
        await RegisterAsync(FakeMachine.Linux(), Request() with { Kind = SiteWatchKind.Cron });
        Assert.Equal(["/etc/cron.d/hostingops-watch"], machine.Files.Keys);
        Assert.Equal("systemctl disable --now hostingops-watch.timer", machine.Changes[0]);
        Assert.Equal("systemctl daemon-reload", machine.Changes[^1]);
    }

    [Theory]
    [InlineData(Unit, SiteWatchKind.Service)]
    [InlineData(TimerUnit, SiteWatchKind.Timer)]
    [InlineData("/etc/cron.d/hostingops-watch", SiteWatchKind.Cron)]
    public async Task What_somebody_else_wrote_is_not_written_over_and_not_taken_away(string path, SiteWatchKind kind)
    {
        machine.Files[path] = "[Unit]\nDescription=mine\n";
        var error = await Assert.ThrowsAsync<HostingException>(() => RegisterAsync(FakeMachine.Linux(), Request() with { Kind = kind }));
        Assert.Equal(ErrorIds.WatchRegistrationForeign, error.ErrorId);
        Assert.Equal(SiteWatchOutcome.NotRegistered, (await RemoveAsync(FakeMachine.Linux(), "hostingops-watch")).Outcome);
        Assert.Empty(machine.Changes);
    }

    [Fact]
    public async Task A_task_of_somebody_else_is_not_written_over_and_not_taken_away()
    {
        machine.Task = "<Task xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\"><RegistrationInfo/></Task>";
        var error = await Assert.ThrowsAsync<HostingException>(() => RegisterAsync(FakeMachine.Windows, Windows()));
        Assert.Equal(ErrorIds.WatchRegistrationForeign, error.ErrorId);
        Assert.Equal(SiteWatchOutcome.NotRegistered, (await RemoveAsync(FakeMachine.Windows, "hostingops-watch")).Outcome);
        Assert.Empty(machine.Changes);
    }

    [Fact]
    public async Task A_crontab_that_cannot_be_read_is_never_written_over()
    {
        machine.Crontab = "0 1 * * * backup\n";
        machine.CrontabFailure = "You (alice) are not allowed to use this program (crontab)";
        var error = await Assert.ThrowsAsync<HostingException>(() => RegisterAsync(FakeMachine.Linux(root: false), Request() with { Kind = SiteWatchKind.Cron }));

        Assert.Equal(ErrorIds.WatchRegistrationFailed, error.ErrorId);
        Assert.Contains("not allowed", error.Message, StringComparison.Ordinal);
        Assert.Equal("0 1 * * * backup\n", machine.Crontab);
        Assert.Empty(machine.Changes);
    }

    [Fact]
    public async Task What_a_command_says_is_in_the_error_and_a_second_run_does_the_rest()
    {
        machine.Failing = "daemon-reload";
        var error = await Assert.ThrowsAsync<HostingException>(() => RegisterAsync(FakeMachine.Linux(), Request()));
        Assert.Equal(ErrorIds.WatchRegistrationFailed, error.ErrorId);
        Assert.Contains("It is broken.", error.Message, StringComparison.Ordinal);

        machine.Failing = null;
        await RegisterAsync(FakeMachine.Linux(), Request());
        Assert.Equal("systemctl restart hostingops-watch.service", machine.Changes[^1]);
        Assert.Equal(SiteWatchOutcome.Unchanged, (await RegisterAsync(FakeMachine.Linux(), Request())).Outcome);
    }

    [Fact]
    public async Task Without_an_account_of_its_own_cron_is_refused_and_the_way_is_said()
    {
        machine.Accounts.Clear();
        var error = await Assert.ThrowsAsync<HostingException>(() => RegisterAsync(FakeMachine.Linux(), Request() with { Kind = SiteWatchKind.Cron }));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("useradd", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_no_administrator_registers_for_himself()
    {
        var result = await RegisterAsync(FakeMachine.Linux(root: false), Request());
        Assert.Equal((SiteWatchScope.User, "alice"), (result.Scope, result.RunsAs));
        Assert.Equal(["/home/alice/.config/systemd/user/hostingops-watch.service"], machine.Files.Keys);
        Assert.Contains("systemctl --user enable hostingops-watch.service", machine.Changes);
        Assert.Contains(result.Notes, static note => note.Contains("enable-linger alice", StringComparison.Ordinal));
        Assert.DoesNotContain("User=", machine.Files.Values.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_systemd_it_is_cron_and_on_Windows_a_task()
    {
        Assert.Equal(SiteWatchKind.Cron, (await RegisterAsync(FakeMachine.Linux(systemd: false), Request())).Kind);
        Assert.Equal(SiteWatchKind.ScheduledTask, (await RegisterAsync(FakeMachine.Windows, Windows())).Kind);
        var mac = FakeMachine.Linux(root: false, systemd: false) with { Platform = OSPlatform.OSX };
        Assert.Equal(SiteWatchKind.Cron, (await RegisterAsync(mac, Request())).Kind);
    }

    [Fact]
    public async Task An_inventory_that_others_cannot_read_is_noted()
    {
        var surroundings = FakeMachine.Linux() with { ModeOf = static _ => UnixFileMode.UserRead | UnixFileMode.GroupRead };
        Assert.Contains((await RegisterAsync(surroundings, Request())).Notes, static note => note.Contains("hostingops can read", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(UnfitNumbers))]
    public async Task What_does_not_fit_is_refused_before_anything_is_changed(int number)
    {
        var (request, surroundings) = Unfit[number];
        var error = await Assert.ThrowsAsync<HostingException>(() => RegisterAsync(surroundings, request));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.NotEmpty(error.RecommendedAction ?? "");
        Assert.Empty(machine.Changes);
    }

    public static TheoryData<int> KindNumbers => [.. Enumerable.Range(0, EveryKind.Length)];

    public static TheoryData<int> UnfitNumbers => [.. Enumerable.Range(0, Unfit.Length)];

    private static readonly (WatchRegistrationRequest Request, RegistrationSurroundings On)[] EveryKind =
    [
        (Request(), FakeMachine.Linux()),
        (Request() with { Kind = SiteWatchKind.Timer, Interval = TimeSpan.FromMinutes(2), EnvironmentFiles = ["/etc/hostingops/watch.env"] }, FakeMachine.Linux(agent: false)),
        (Request() with { Kind = SiteWatchKind.Cron, User = "hostingops" }, FakeMachine.Linux()),
        (Request(), FakeMachine.Linux(root: false, agent: false)),
        (Request() with { Kind = SiteWatchKind.Cron, TaskName = "second", Interval = TimeSpan.FromHours(1) }, FakeMachine.Linux(root: false)),
        (Windows(), FakeMachine.Windows),
        (Windows() with { Interval = TimeSpan.FromMinutes(5), User = @"AGENCY\hostingops$" }, FakeMachine.Windows),
    ];

    private static readonly (WatchRegistrationRequest Request, RegistrationSurroundings On)[] Unfit =
    [
        (Request() with { Kind = SiteWatchKind.ScheduledTask }, FakeMachine.Linux()),
        (Windows() with { Kind = SiteWatchKind.Service }, FakeMachine.Windows),
        (Windows() with { Kind = SiteWatchKind.Cron }, FakeMachine.Windows),
        (Windows() with { Scope = SiteWatchScope.User }, FakeMachine.Windows),
        (Windows() with { User = @"AGENCY\alice" }, FakeMachine.Windows),
        (Windows() with { EnvironmentFiles = [@"C:\x.env"] }, FakeMachine.Windows),
        (Request() with { Kind = SiteWatchKind.Service }, FakeMachine.Linux() with { Platform = OSPlatform.OSX }),
        (Request() with { Kind = SiteWatchKind.Cron, Scope = SiteWatchScope.System }, FakeMachine.Linux() with { Platform = OSPlatform.OSX }),
        (Request() with { User = "root" }, FakeMachine.Linux()),
        (Request() with { User = "a b" }, FakeMachine.Linux()),
        (Request() with { User = "bob" }, FakeMachine.Linux(root: false)),
        (Request() with { Interval = TimeSpan.FromMinutes(5) }, FakeMachine.Linux()),
        (Request() with { Kind = SiteWatchKind.Timer, Interval = TimeSpan.FromTicks(5) }, FakeMachine.Linux()),
        (Request() with { Kind = SiteWatchKind.Timer, Interval = TimeSpan.FromDays(2) }, FakeMachine.Linux()),
        (Request() with { Kind = SiteWatchKind.Cron, Interval = TimeSpan.FromMinutes(7) }, FakeMachine.Linux()),
        (Request() with { Kind = SiteWatchKind.Cron, Interval = TimeSpan.FromSeconds(90) }, FakeMachine.Linux()),
        (Request() with { TaskName = "../x" }, FakeMachine.Linux()),
        (Request() with { TaskName = "a.b" }, FakeMachine.Linux()),
        (Request() with { InventoryPath = "/tmp/hosting.yml" }, FakeMachine.Linux()),
        (Request() with { InventoryPath = "/etc/a\nExecStartPre=evil" }, FakeMachine.Linux()),
        (Request(), FakeMachine.Linux(agent: false) with { ModuleFolder = null }),
    ];

    private static WatchRegistrationRequest Request() => new() { InventoryPath = "/etc/hostingops/hosting.yml" };

    private static WatchRegistrationRequest Windows() => new() { InventoryPath = @"C:\Ops & Co\hosting 100%.yml" };

    private async Task<SiteWatchRegistration> RegisterAsync(RegistrationSurroundings surroundings, WatchRegistrationRequest request)
    {
        var registrations = machine.On(surroundings);
        return await registrations.ApplyAsync(await registrations.PlanAsync(request, default), default);
    }

    private async Task<SiteWatchRegistration> RemoveAsync(RegistrationSurroundings surroundings, string name)
    {
        var registrations = machine.On(surroundings);
        return await registrations.ApplyAsync(await registrations.PlanRemovalAsync(name, null, default), default);
    }
}
