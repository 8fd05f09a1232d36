using System.Globalization;
using HostingOps.Agent.ExitCodes;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Process;

public sealed class ApexDrillTests : IDisposable
{
    private readonly TemporaryFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task A_drill_of_the_redirector_passes_and_prints_its_plan_and_timeline()
    {
        var run = (await AgentProcess.RunAsync(home, "drill", "apex")).Ended(ExitCode.Success);

        Assert.Contains("Failed availability zone eu-west-1a", run.Out, StringComparison.Ordinal);
        Assert.Contains("ZoneHealthy", run.Out, StringComparison.Ordinal);
        foreach (var step in new[] { "detect", "plan", "recheck", "launch", "boot", "test", "move", "verify", "outage" })
        {
            Assert.Matches($@"(?m)^{step} +\d+\.\d\d  ", run.Out);
        }

        Assert.Contains("Passed, served by ", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out + run.Error);
        Assert.All(run.Out.Split('\n'), static line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task As_json_it_is_one_object()
    {
        var run = (await AgentProcess.RunAsync(home, "drill", "apex", "--json")).Ended(ExitCode.Success);

        Assert.True(run.Json.GetProperty("passed").GetBoolean());
        Assert.Equal("Restored", run.Json.GetProperty("result").GetProperty("outcome").GetString());
        Assert.True(run.Json.GetProperty("outageSeconds").GetDouble() > 0);
    }

    [Fact]
    public async Task An_inventory_without_apex_fails_at_the_start_and_a_host_to_kill_is_a_wrong_command_line()
    {
        var inventory = home.Write("hosting.yml", """
            version: 1
            zone: sites.example.net
            hosts:
              left: { provider: one, address: 203.0.113.10 }
              right: { provider: two, address: 198.51.100.7 }
            sites:
              acme: { domain: acme.example, primary: left, secondary: right }
            """);

        var run = (await AgentProcess.RunAsync(home, "drill", "apex", "--inventory", inventory)).Ended(ExitCode.Error);
        Assert.StartsWith("hostingops: ApexNotConfigured: The drill failed at its step Start: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--kill-host", (await AgentProcess.RunAsync(home, "drill", "apex", "--kill-host", "left")).Ended(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'Apex'?", (await AgentProcess.RunAsync(home, "drill", "apx")).Ended(ExitCode.Usage).Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_killed_drill_leaves_no_nginx_running()
    {
        RealPart.Require("nginx");
        var kill = RealPart.Require("kill");
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is of Linux.");
        var temporary = Directory.CreateDirectory(home.Combine("tmp")).FullName;
        using var agent = AgentProcess.Start(home, new Dictionary<string, string> { ["TMPDIR"] = temporary }, "drill", "apex");
        await UntilAsync(() => Nginxes(temporary) > 0);

        using (var sent = System.Diagnostics.Process.Start(kill, ["-KILL", agent.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await sent.WaitForExitAsync();
        }

        await UntilAsync(() => Nginxes(temporary) == 0);
    }

    private static int Nginxes(string temporary) => Directory.GetDirectories("/proc").Count(process =>
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(process, "cmdline"));
            return line.Contains("nginx", StringComparison.Ordinal) && line.Contains(temporary, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    private static async Task UntilAsync(Func<bool> condition)
    {
        var limit = DateTime.UtcNow.AddMinutes(1);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < limit, "It did not happen within a minute.");
            await Task.Delay(20);
        }
    }
}
