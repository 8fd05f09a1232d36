using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.Samples;

/// <summary>A machine on which the module is installed and the sample scripts are run, with a secret that must not show.</summary>
internal sealed class CheckDesk : IDisposable
{
    public const string Secret = "hush/hush+never=print";

    public CheckDesk(string? module = null)
    {
        var modules = Directory.CreateDirectory(Home.Combine("modules")).FullName;
        var tested = Environment.GetEnvironmentVariable("HOSTINGOPS_MODULE") is { Length: > 0 } named ? named : RepositoryRoot.Combine("out", "HostingOps");
        Directory.CreateSymbolicLink(Path.Combine(modules, "HostingOps"), module ?? tested);
        Environ = new()
        {
            ["HOME"] = Home.Path,
            ["PSModulePath"] = modules,
            ["HOSTINGOPS_STATE"] = StatePath,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = Secret,
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            ["POWERSHELL_UPDATECHECK"] = "Off",
        };
    }

    public static string Script => RepositoryRoot.Combine("samples", "scheduled", "Invoke-SiteCheck.ps1");

    public TemporaryFolder Home { get; } = new();

    public string StatePath => Home.Combine("state.db");

    public Dictionary<string, string> Environ { get; }

    public RunningProgram Start(params string[] arguments) =>
        RunningProgram.Start(RealPart.Require("pwsh"), ["-NoProfile", "-NonInteractive", "-File", Script, .. arguments], Home.Path, Environ);

    /// <summary>Runs the check to its end, which leaves nothing on stderr, no escape code and no secret.</summary>
    public async Task<CheckRun> CheckAsync(int code, params string[] arguments)
    {
        using var running = Start(arguments);
        return Judged(await running.EndAsync(), code);
    }

    public static CheckRun Judged(ProgramRun ended, int code)
    {
        ended.Ended(code);
        Assert.Empty(ended.Error);
        Assert.DoesNotContain('\u001b', ended.Out);
        Assert.DoesNotContain(Secret, ended.Out, StringComparison.Ordinal);
        var run = new CheckRun(ended);
        Assert.Equal("run", run.Summary.GetProperty("event").GetString());
        Assert.Equal(code, run.Summary.GetProperty("exitCode").GetInt32());
        Assert.All(run.Lines, static line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", line.GetProperty("time").GetString()));
        return run;
    }

    /// <summary>Runs a line of PowerShell as an admin would type it.</summary>
    public async Task<ProgramRun> TypeAsync(string line)
    {
        using var shell = RunningProgram.Start(
            RealPart.Require("pwsh"), ["-NoProfile", "-NonInteractive", "-Command", line], Home.Path, Environ);
        return await shell.EndAsync();
    }

    public void Dispose() => Home.Dispose();
}
