using System.Text;
using HostingOps.Engine.Failover;
using HostingOps.Sandbox.Api;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Failover;

/// <summary>A secret that a hook takes from its environment: the program has it, and nothing that is kept.</summary>
public sealed class HookSecretTests
{
    [SkippableFact]
    public async Task Neither_plan_nor_journal_has_it_and_both_the_run_and_the_resume_do()
    {
        var shell = RealPart.Require("sh");
        const string Name = "HOPS_HOOKSECRET_TOKEN";
        const string Value = "hush-8f2c1d-hush";
        Environment.SetEnvironmentVariable(Name, Value);
        try
        {
            using var signs = new TemporaryFolder();
            var (promoted, after) = (signs.Combine("promoted"), signs.Combine("after"));
            await using var world = await FailoverWorld.StartAsync(shape: inventory => inventory with
            {
                Sites =
                [
                    .. inventory.Sites.Select(site => site with
                    {
                        Hooks = new SiteHooks { Promote = [Says(shell, Name, promoted)], After = [Says(shell, Name, after)] },
                    }),
                ],
            });
            var plan = Assert.Single(await world.Machine().PlanAsync(new PlanOptions { Planned = true }));
            world.Sandbox.Faults.FailNext("ChangeResourceRecordSets", SandboxApiFault.ConnectionLostBefore, 50);
            world.Sandbox.Faults.FailNext("ListResourceRecordSets", SandboxApiFault.ConnectionLostBefore, 50);
            var cutOff = Assert.Single(await world.Machine().RunAsync(plan));
            world.Sandbox.Faults.Clear();
            Assert.Equal(FailoverOutcome.Unknown, cutOff.Outcome);

            var resumed = Assert.Single(await world.Machine().ResumeAllAsync());

            Assert.Equal(FailoverOutcome.Succeeded, resumed.Outcome);
            Assert.Equal((Value, Value), (await File.ReadAllTextAsync(promoted), await File.ReadAllTextAsync(after)));
            Assert.Contains(plan.Hooks, hook => hook.Argv.Any(static word => word.Contains('$' + Name, StringComparison.Ordinal)));
            Assert.DoesNotContain(plan.Hooks, hook => hook.Argv.Any(static word => word.Contains(Value, StringComparison.Ordinal)));
            var kept = Directory.GetFiles(world.Folder.Path, "here.db*").Select(static file => Encoding.UTF8.GetString(ReadShared(file))).ToArray();
            Assert.Contains(kept, static text => text.Contains('$' + Name, StringComparison.Ordinal));
            Assert.DoesNotContain(kept, static text => text.Contains(Value, StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
        }
    }

    private static Hook Says(string shell, string variable, string file) =>
        new() { Argv = [shell, "-c", $"echo using ${variable}; printf %s \"${variable}\" > '{file}'"] };

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        return whole.ToArray();
    }
}
