using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.Samples;

/// <summary>The sample services and timers: systemd takes them, and their own command lines do what they say.</summary>
public sealed class SystemdUnitTests : IDisposable
{
    private static readonly string[] Files = ["hostingops-check.service", "hostingops-check.timer", "hostingops-mirror.service", "hostingops-mirror.timer"];
    private readonly CheckDesk desk = new();

    public void Dispose() => desk.Dispose();

    [SkippableFact]
    public async Task Systemd_finds_nothing_to_say_about_them()
    {
        var analyze = RealPart.Require("systemd-analyze");
        foreach (var file in Files)
        {
            File.Copy(Sample(file), desk.Home.Combine(file));
        }

        // A socket or a manager is not asked; only the files are read.
        using var running = RunningProgram.Start(
            analyze, ["verify", "--man=no", .. Files.Select(file => desk.Home.Combine(file))], desk.Home.Path, new Dictionary<string, string>());
        var run = (await running.EndAsync()).Ended(0);

        Assert.DoesNotContain("hostingops", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hostingops-check.service")]
    [InlineData("hostingops-mirror.service")]
    public void A_service_may_write_to_its_state_folder_only_and_gain_no_rights(string file)
    {
        var service = UnitFile.Read(Sample(file));
        Assert.Equal("strict", service.One("ProtectSystem"));
        Assert.Equal("yes", service.One("NoNewPrivileges"));
        Assert.Equal("", service.One("CapabilityBoundingSet"));
        Assert.Equal("hostingops", service.One("StateDirectory"));
        Assert.Empty(service.All("ReadWritePaths"));
        Assert.NotEmpty(service.One("TimeoutStartSec"));
        Assert.DoesNotContain("root", service.All("User"));
    }

    [SkippableFact]
    public async Task Its_command_line_checks_with_its_environment_and_keeps_the_journal_in_the_state_folder()
    {
        RealPart.Require("pwsh");
        var service = UnitFile.Read(Sample("hostingops-check.service"));
        await using var fleet = await Fleet.StartAsync();
        var (settings, state) = (Directory.CreateDirectory(desk.Home.Combine("etc/hostingops")).FullName, desk.Home.Combine("var/lib"));
        Directory.CreateDirectory(Path.Combine(state, service.One("StateDirectory")));
        File.Copy(fleet.Sandbox.InventoryPath, Path.Combine(settings, "hosting.yml"));
        File.Copy(Sample("hostingops-check.env"), Path.Combine(settings, "check.env"));

        var healthy = await RunAsync(service, state, []);
        fleet.Sandbox.StopHost("do-1");
        var down = await RunAsync(service, state, []);
        var moved = await RunAsync(service, state, ["-Move"]);

        CheckDesk.Judged(healthy, 0);
        var command = CheckDesk.Judged(down, 3).Site("acme").GetProperty("command").GetString();
        Assert.Contains(Path.Combine(state, "hostingops", "state.db"), command, StringComparison.Ordinal);
        CheckDesk.Judged(moved, 11);
        Assert.True(File.Exists(Path.Combine(state, "hostingops", "state.db")));
        Assert.False(File.Exists(desk.StatePath));
    }

    [SkippableFact]
    public async Task The_mirrors_command_line_saves_what_it_can_and_fails_when_it_cannot()
    {
        RealPart.Require("pwsh");
        var service = UnitFile.Read(Sample("hostingops-mirror.service"));
        await using var fleet = await Fleet.StartAsync();
        var (settings, state) = (Directory.CreateDirectory(desk.Home.Combine("etc/hostingops")).FullName, desk.Home.Combine("var/lib"));
        var own = Directory.CreateDirectory(Path.Combine(state, service.One("StateDirectory"))).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(settings, "hosting.yml"),
            (await File.ReadAllTextAsync(fleet.Sandbox.InventoryPath)).Replace("\n  acme:\n", "\n  acme:\n    mirror: true\n", StringComparison.Ordinal));

        var saved = await RunAsync(service, state, []);
        fleet.Sandbox.StopHost("do-1");
        var failed = await RunAsync(service, state, []);

        Assert.Contains("acme", saved.Ended(0).Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(own, "mirrors", "acme", "current", "generation.json")));
        Assert.Contains("acme", failed.Ended(1).Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(own, "mirrors", "acme", "current", "generation.json")));
    }

    private static string Sample(string name) => RepositoryRoot.Combine("samples", "systemd", name);

    // As systemd runs it, but for the places that only a root may make: the specifiers and the working directory.
    private async Task<ProgramRun> RunAsync(UnitFile service, string state, string[] more)
    {
        var specifiers = new Dictionary<string, string> { ["%S"] = state, ["%E"] = desk.Home.Combine("etc") };
        var environment = service.Environment(specifiers);
        environment["PATH"] = Environment.GetEnvironmentVariable("PATH")!;
        environment["PSModulePath"] = desk.Environ["PSModulePath"];
        var file = UnitFile.WithSpecifiers(service.One("EnvironmentFile").TrimStart('-'), specifiers);
        foreach (var line in (File.Exists(file) ? File.ReadLines(file) : []).Where(static line => line.Length > 0 && line[0] != '#'))
        {
            environment[line.Split('=', 2)[0]] = line.Split('=', 2)[1];
        }

        var command = service.Command(environment);
        using var running = RunningProgram.Start(command[0], [.. command.Skip(1), .. more], Path.GetDirectoryName(CheckDesk.Script)!, environment);
        return await running.EndAsync();
    }
}
