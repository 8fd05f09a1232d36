using System.Xml.Linq;
using HostingOps.Engine.Watch.Registration;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Registration;

/// <summary>Each scheduler reads back the very words that were meant.</summary>
public sealed class WrittenFormsTests : IDisposable
{
    private const string Odd = "/srv/Müller & Söhne/100% \"$HOME\" it's\\n.yml";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_sample_is_what_a_registration_writes()
    {
        var machine = new FakeMachine();
        var registrations = machine.On(FakeMachine.Linux());
        await registrations.ApplyAsync(
            await registrations.PlanAsync(
                new WatchRegistrationRequest { InventoryPath = "/etc/hostingops/hosting.yml", EnvironmentFiles = ["/etc/hostingops/watch.env"] }, default),
            default);
        Assert.Equal(File.ReadAllText(RepositoryRoot.Combine("samples", "systemd", "hostingops-watch.service")), machine.Files.Values.Single());
    }

    [SkippableTheory]
    [InlineData(SiteWatchKind.Service, true, true)]
    [InlineData(SiteWatchKind.Service, true, false)]
    [InlineData(SiteWatchKind.Service, false, true)]
    [InlineData(SiteWatchKind.Timer, true, true)]
    [InlineData(SiteWatchKind.Timer, false, false)]
    public async Task Systemd_finds_nothing_to_say_about_the_units(SiteWatchKind kind, bool root, bool agent)
    {
        var analyze = RealPart.Require("systemd-analyze");
        var program = RealPart.Require("sh");
        var surroundings = FakeMachine.Linux(root, agent) with { Find = name => name == "hostingops" && !agent ? null : program };
        var machine = new FakeMachine();
        var registrations = machine.On(surroundings);
        await registrations.ApplyAsync(await registrations.PlanAsync(new WatchRegistrationRequest { Kind = kind, InventoryPath = Odd }, default), default);
        foreach (var (path, text) in machine.Files)
        {
            File.WriteAllText(folder.Combine(Path.GetFileName(path)), text);
        }

        string[] files = [.. machine.Files.Keys.Select(path => folder.Combine(Path.GetFileName(path)!))];
        var verify = await RunAsync(analyze, ["verify", "--man=no", .. files]);
        Assert.Equal(0, verify.ExitCode);
        Assert.DoesNotContain("hostingops", verify.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Systemd_takes_an_environment_file_whose_path_has_a_blank()
    {
        var analyze = RealPart.Require("systemd-analyze");
        var program = RealPart.Require("sh");
        var machine = new FakeMachine();
        var registrations = machine.On(FakeMachine.Linux() with { Find = _ => program });
        var request = new WatchRegistrationRequest { InventoryPath = Odd, EnvironmentFiles = ["/etc/our hosting/100%.env"] };
        await registrations.ApplyAsync(await registrations.PlanAsync(request, default), default);
        var file = folder.Combine("hostingops-watch.service");
        File.WriteAllText(file, machine.Files.Values.Single());
        var verify = await RunAsync(analyze, ["verify", "--man=no", file]);
        Assert.Equal(0, verify.ExitCode);
        Assert.DoesNotContain("hostingops", verify.Text, StringComparison.Ordinal);
        Assert.Contains("\nEnvironmentFile=/etc/our hosting/100%%.env\n", machine.Files.Values.Single(), StringComparison.Ordinal);
        foreach (var pattern in new[] { "/etc/*.env", "/etc/a?", "/etc/[a]", "/etc/a\\", "/etc/a " })
        {
            await Assert.ThrowsAsync<HostingException>(() => registrations.PlanAsync(request with { EnvironmentFiles = [pattern] }, default));
        }
    }

    [SkippableFact]
    public async Task A_program_by_its_bare_name_is_never_the_current_folder_s()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows takes its own system folder.");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var name = "hostingops-probe-" + Guid.NewGuid().ToString("N");
        var here = Path.Combine(Environment.CurrentDirectory, name);
        await File.WriteAllTextAsync(here, "#!/bin/sh\necho taken\n");
        try
        {
            File.SetUnixFileMode(here, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var (code, text) = await RunAsync(name, []);
            Assert.Null(code);
            Assert.Contains("PATH", text, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(here);
        }
    }

    [Theory]
    [InlineData("LOCAL SERVICE", true)]
    [InlineData(@"nt authority\LocalService", true)]
    [InlineData(@"AGENCY\MyLocalService", false)]
    public void Only_the_names_of_LOCAL_SERVICE_mean_it(string name, bool isIt)
    {
        if (isIt)
        {
            Assert.Null(TaskAccount.Of(name).Name);
        }
        else
        {
            Assert.Throws<HostingException>(() => TaskAccount.Of(name));
        }
    }

    [Fact]
    public void A_task_that_runs_as_somebody_else_or_with_more_rights_is_not_as_written()
    {
        var command = new WatchCommand(["hostingops", "watch"], IsAgent: true);
        var wanted = TaskXml.Write(command, null, TaskAccount.Of(null), @"C:\x");
        Assert.False(TaskXml.IsAsWritten(wanted.Replace("S-1-5-19", "S-1-5-18", StringComparison.Ordinal), wanted));
        Assert.False(TaskXml.IsAsWritten(wanted.Replace("LeastPrivilege", "HighestAvailable", StringComparison.Ordinal), wanted));
        Assert.True(TaskXml.IsAsWritten(wanted.Replace("<RunLevel>LeastPrivilege</RunLevel>", "", StringComparison.Ordinal), wanted));

        var managed = TaskXml.Write(command, null, TaskAccount.Of(@"AGENCY\hostingops$"), @"C:\x");
        var there = managed.Replace(@"AGENCY\hostingops$", "S-1-5-21-1-2-3-1104", StringComparison.Ordinal);
        Assert.True(TaskXml.IsAsWritten(there, managed, static _ => "S-1-5-21-1-2-3-1104"));
        Assert.False(TaskXml.IsAsWritten(there, managed, static _ => "S-1-5-21-1-2-3-1105"));
        Assert.False(TaskXml.IsAsWritten(there, managed));
    }

    [SkippableFact]
    public async Task Systemd_calls_the_service_s_exposure_small()
    {
        var analyze = RealPart.Require("systemd-analyze");
        var judged = await RunAsync(analyze, ["security", "--offline=yes", "--threshold=20", RepositoryRoot.Combine("samples", "systemd", "hostingops-watch.service")]);
        Assert.True(judged.ExitCode == 0, judged.Text);
    }

    [SkippableFact]
    public async Task Cron_s_shell_gets_the_words_that_were_meant()
    {
        var shell = RealPart.Require("sh");
        var line = QuotedWord.Cron(["printf", "%s|", "plain", Odd, "", "a b"]);

        // cron takes the backslashes before % away and cuts the line at one that has none.
        Assert.DoesNotMatch(@"(?<!\\)%", line);
        var said = await RunAsync(shell, ["-c", line.Replace("\\%", "%", StringComparison.Ordinal)]);
        Assert.Equal($"plain|{Odd}||a b|", said.Text);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a b", "\"a b\"")]
    [InlineData(@"C:\a b\", "\"C:\\a b\\\\\"")]
    [InlineData("say \"x\"", "\"say \\\"x\\\"\"")]
    [InlineData(@"x\""y", "\"x\\\\\\\"y\"")]
    [InlineData("", "\"\"")]
    public void Windows_programs_get_the_words_that_were_meant(string word, string quoted) => Assert.Equal(quoted, QuotedWord.Windows([word]));

    [Theory]
    [InlineData("/usr/bin/x", "/usr/bin/x")]
    [InlineData("100%", "100%%")]
    [InlineData("$HOME", "\"$$HOME\"")]
    [InlineData("a \"b\" \\", "\"a \\\"b\\\" \\\\\"")]
    [InlineData("", "\"\"")]
    public void Systemd_gets_the_words_that_were_meant(string word, string quoted) => Assert.Equal(quoted, QuotedWord.SystemdWord(word));

    [Theory]
    [InlineData(1, "* * * * *")]
    [InlineData(5, "*/5 * * * *")]
    [InlineData(60, "0 * * * *")]
    [InlineData(180, "0 */3 * * *")]
    [InlineData(1440, "0 0 * * *")]
    public void Cron_is_told_intervals_that_come_out_even(int minutes, string fields) => Assert.Equal(fields, CronLines.Schedule(TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void A_crontab_keeps_every_other_line_and_a_block_without_its_end_is_refused()
    {
        var command = new WatchCommand(["/usr/bin/hostingops", "watch"], IsAgent: true);
        var block = CronLines.Block(command, TimeSpan.FromMinutes(5), "w", []);
        var other = CronLines.Block(command, TimeSpan.FromMinutes(5), "w2", []);
        foreach (var before in new[] { "", "A=1", "A=1\n", other, "# BEGIN w, but not ours\n" })
        {
            var with = CronLines.Replace(before, "w", block);
            Assert.Equal(block, CronLines.Find(with, "w"));
            Assert.Equal(before.Length > 0 && !before.EndsWith('\n') ? before + "\n" : before, CronLines.Replace(with, "w", null));
            Assert.Equal(with, CronLines.Replace(with, "w", block));
        }

        Assert.Equal(ErrorIds.WatchRegistrationForeign, Assert.Throws<HostingException>(() => CronLines.Find(block[..block.IndexOf("# END", StringComparison.Ordinal)], "w")).ErrorId);
    }

    [Fact]
    public void A_task_has_the_least_rights_and_is_never_run_twice_at_once()
    {
        var command = new WatchCommand([@"C:\Program Files\HostingOps\hostingops.exe", "watch", "--inventory", @"C:\Ops & Co\100%.yml"], IsAgent: true);
        var endless = Parse(TaskXml.Write(command, null, TaskAccount.Of(null), @"C:\ProgramData\HostingOps"));
        var single = Parse(TaskXml.Write(command, TimeSpan.FromMinutes(5), TaskAccount.Of(@"AGENCY\hostingops$"), @"C:\ProgramData\HostingOps"));

        Assert.Equal(("S-1-5-19", "LeastPrivilege", null), Principal(endless));
        Assert.Equal((@"AGENCY\hostingops$", "LeastPrivilege", "Password"), Principal(single));
        Assert.Equal(("IgnoreNew", "PT0S", "PT1M", 1), Schedule(endless));
        Assert.Equal(("IgnoreNew", "PT10M", "PT5M", 0), Schedule(single));
        Assert.Equal(@"C:\Program Files\HostingOps\hostingops.exe", One(endless, "Command"));
        Assert.Equal("watch --inventory \"C:\\Ops & Co\\100%.yml\"", One(endless, "Arguments"));
        Assert.Equal(["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"], endless.Elements().Select(static part => part.Name.LocalName));
    }

    [Fact]
    public void A_task_that_was_switched_off_or_leads_elsewhere_is_not_as_written()
    {
        var command = new WatchCommand(["hostingops", "watch"], IsAgent: true);
        var wanted = TaskXml.Write(command, null, TaskAccount.Of(null), @"C:\x");
        var there = wanted.Replace("<Priority>5</Priority>", "<Priority>5</Priority><UseUnifiedSchedulingEngine>true</UseUnifiedSchedulingEngine>", StringComparison.Ordinal);
        Assert.True(TaskXml.IsAsWritten(there, wanted));
        Assert.False(TaskXml.IsAsWritten(there.Replace("<Command>hostingops", "<Command>evil", StringComparison.Ordinal), wanted));
        Assert.False(TaskXml.IsAsWritten(System.Text.RegularExpressions.Regex.Replace(there, "<Enabled>true</Enabled>(?=\\s*<Hidden>)", "<Enabled>false</Enabled>"), wanted));
        Assert.False(TaskXml.IsAsWritten(TaskXml.Write(command, TimeSpan.FromMinutes(5), TaskAccount.Of(null), @"C:\x"), wanted));
        Assert.False(TaskXml.IsAsWritten("no xml", wanted));
        Assert.False(TaskXml.IsOurs("no xml"));
    }

    [Fact]
    public void Without_an_agent_PowerShell_starts_this_very_module_and_no_path_gets_out_of_its_quotes()
    {
        var request = new WatchRegistrationRequest { InventoryPath = "/srv/it's ‘odd’/hosting.yml" };
        var command = WatchCommand.For(request, "/var/lib/hostingops/state.db", TimeSpan.FromMinutes(5), FakeMachine.Linux(agent: false));
        Assert.Equal(["/usr/bin/pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-Command"], command.Arguments.Take(5));
        Assert.Equal(
            "$ErrorActionPreference = 'Stop'; Import-Module '/usr/local/share/powershell/Modules/HostingOps/0.1.0/HostingOps.psd1'; "
            + "$env:HOSTINGOPS_STATE = '/var/lib/hostingops/state.db'; Start-SiteWatch -InventoryPath '/srv/it''s ‘‘odd’’/hosting.yml' -Once -EverySec 300",
            command.Arguments[5]);
    }

    [SkippableFact]
    public async Task The_real_crontab_takes_the_lines_and_gives_them_back()
    {
        var crontab = RealPart.Require("crontab");
        var machine = new LocalMachine();
        var (code, before, error) = await machine.RunAsync(new RunStep([crontab, "-l"]), default);
        Skip.If(code == 0 || !error.Contains("no crontab", StringComparison.Ordinal), "This account has a crontab of its own, or may have none; it is left alone.");
        try
        {
            var surroundings = FakeMachine.Linux(root: false, systemd: false) with { Find = static name => "/usr/bin/" + name, ConfigFolder = folder.Path };
            var registrations = new WatchRegistrations(surroundings, machine, SilentReporter.Instance);
            var request = new WatchRegistrationRequest { InventoryPath = Odd };
            Assert.Equal(SiteWatchOutcome.Registered, (await registrations.ApplyAsync(await registrations.PlanAsync(request, default), default)).Outcome);
            Assert.Equal(SiteWatchOutcome.Unchanged, (await registrations.PlanAsync(request, default)).Result.Outcome);
            var listed = (await machine.RunAsync(new RunStep([crontab, "-l"]), default)).Output;
            Assert.Contains("*/5 * * * * /usr/bin/hostingops watch --inventory ", listed, StringComparison.Ordinal);
            Assert.Equal(SiteWatchOutcome.Removed, (await registrations.ApplyAsync(await registrations.PlanRemovalAsync(request.TaskName, null, default), default)).Outcome);
            Assert.Equal("", before + (await machine.RunAsync(new RunStep([crontab, "-l"]), default)).Output);
        }
        finally
        {
            await machine.RunAsync(new RunStep([crontab, "-r"]), default);
        }
    }

    private static async Task<(int? ExitCode, string Text)> RunAsync(string program, string[] arguments)
    {
        var (code, output, error) = await new LocalMachine().RunAsync(new RunStep([program, .. arguments]), default);
        return (code, output + error);
    }

    private static XElement Parse(string xml) => XDocument.Parse(xml).Root!;

    private static string? One(XElement task, string name) => task.Descendants(task.Name.Namespace + name).SingleOrDefault()?.Value;

    private static (string?, string?, string?) Principal(XElement task) => (One(task, "UserId"), One(task, "RunLevel"), One(task, "LogonType"));

    private static (string?, string?, string?, int) Schedule(XElement task) => (
        One(task, "MultipleInstancesPolicy"), One(task, "ExecutionTimeLimit"), One(task, "Interval"), task.Descendants(task.Name.Namespace + "BootTrigger").Count());
}
