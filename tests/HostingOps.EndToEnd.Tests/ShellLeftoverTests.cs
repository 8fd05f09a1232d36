using System.Globalization;
using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests;

/// <summary>A PowerShell that ends while a sandbox runs in it, and what is left of that in the temporary folder.</summary>
public sealed class ShellLeftoverTests : IDisposable
{
    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [SkippableTheory]
    [InlineData("TERM", 0)]
    [InlineData("HUP", 0)]
    [InlineData("KILL", 1)]
    public async Task A_shell_that_is_ended_by_a_signal_leaves_no_sandbox_and_one_that_is_killed_only_until_the_next(string signal, int left)
    {
        var kill = RealPart.Require("kill");
        var temporary = Directory.CreateDirectory(desk.Home.Combine("tmp")).FullName;
        var (ready, script) = (desk.Home.Combine("ready"), Script("ended", "$PID > part; Move-Item part ready; Start-Sleep 100"));
        using (var shell = Start(script, temporary))
        {
            await shell.UntilAsync(() => File.Exists(ready));
            using var sent = RunningProgram.Start(kill, [$"-{signal}", File.ReadAllText(ready).Trim()], desk.Home.Path, new Dictionary<string, string>());
            (await sent.EndAsync()).Ended(0);
            Assert.NotEqual(0, (await shell.EndAsync()).Code);
        }

        Assert.Equal(left, Directory.GetDirectories(temporary, "hostingops-*").Length);
        using var next = Start(Script("next", "exit 0"), temporary);
        (await next.EndAsync()).Ended(0);

        Assert.Empty(Directory.GetDirectories(temporary, "hostingops-*"));
    }

    private string Script(string name, string then) => desk.Home.Write(name + ".ps1", string.Create(CultureInfo.InvariantCulture, $"""
        $ErrorActionPreference = 'Stop'
        Import-Module '{RepositoryRoot.Combine("out", "HostingOps")}'
        $null = Start-HostingSandbox
        {then}
        """));

    private RunningProgram Start(string script, string temporary) => RunningProgram.Start(
        RealPart.Require("pwsh"),
        ["-NoProfile", "-NonInteractive", "-File", script],
        desk.Home.Path,
        new Dictionary<string, string> { ["HOME"] = desk.Home.Path, ["TMPDIR"] = temporary, ["HOSTINGOPS_STATE"] = desk.Home.Combine("state.db") });
}
