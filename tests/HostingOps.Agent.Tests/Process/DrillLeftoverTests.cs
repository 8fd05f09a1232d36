using System.Globalization;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Process;

/// <summary>A drill leaves nothing in the temporary folder, however it ends.</summary>
public sealed class DrillLeftoverTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder home = new();
    private readonly string temporary;

    public DrillLeftoverTests() => temporary = Directory.CreateDirectory(home.Combine("tmp")).FullName;

    public void Dispose() => home.Dispose();

    [SkippableTheory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_drill_that_a_signal_ends_leaves_no_folder(string signal)
    {
        var kill = RealPart.Require("kill");
        using var agent = AgentProcess.Start(home, TemporaryHere, "drill");
        await UntilAsync(() => Sandboxes().Length > 0);

        using (var sent = System.Diagnostics.Process.Start(kill, [$"-{signal}", agent.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await sent.WaitForExitAsync();
        }

        Assert.Equal(130, (await agent.EndAsync()).Code);
        Assert.Empty(Directory.GetDirectories(temporary, "hostingops-*"));
    }

    [SkippableFact]
    public async Task A_drill_whose_terminal_is_closed_leaves_no_folder()
    {
        var tmux = RealPart.Require("tmux");
        var socket = home.Combine("tmux");
        var agent = AgentProcess.CommandLine("drill");
        await TmuxAsync(tmux, socket, "new-session", "-d", $"cd '{home.Path}'; TMPDIR='{temporary}' {agent}");
        await UntilAsync(() => Sandboxes().Length > 0);

        await TmuxAsync(tmux, socket, "kill-server");

        await UntilAsync(() => Directory.GetDirectories(temporary, "hostingops-*").Length == 0);
    }

    [SkippableFact]
    public async Task What_a_killed_drill_left_goes_with_the_next()
    {
        Skip.If(OperatingSystem.IsWindows(), "TMPDIR is of Unix.");
        using (var agent = AgentProcess.Start(home, TemporaryHere, "drill"))
        {
            await UntilAsync(() => Sandboxes().Any(static folder => File.Exists(Path.Combine(folder, "hosting.yml"))));
        }

        await UntilAsync(() => Sandboxes().Length == 1);
        using var next = AgentProcess.Start(home, TemporaryHere, "drill");

        Assert.Equal(0, (await next.EndAsync()).Code);
        Assert.Empty(Directory.GetDirectories(temporary, "hostingops-*"));
    }

    private Dictionary<string, string> TemporaryHere => new() { ["TMPDIR"] = temporary };

    private string[] Sandboxes() => Directory.GetDirectories(temporary, "hostingops-sandbox-*");

    private static async Task TmuxAsync(string tmux, string socket, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(tmux, ["-S", socket, .. arguments]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var limit = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < limit, $"It did not happen within {Patience}.");
            await Task.Delay(20);
        }
    }
}
