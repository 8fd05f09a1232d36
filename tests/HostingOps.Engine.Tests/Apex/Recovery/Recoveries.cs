using Amazon.EC2.Model;
using HostingOps.Engine.Apex.Recovery;
using HostingOps.Engine.Aws;
using HostingOps.Sandbox;

namespace HostingOps.Engine.Tests.Apex.Recovery;

/// <summary>What the tests of recoveries share.</summary>
internal static class Recoveries
{
    public const string Living = "pending,running";

    public static ApexRecoveryOptions Ways(this ApexWorld world, bool planned = false, bool terminateOld = false) => new()
    {
        Planned = planned,
        TerminateOld = terminateOld,
        Interval = TimeSpan.FromMilliseconds(30),
        BootTimeout = TimeSpan.FromMinutes(2),
        ServeTimeout = TimeSpan.FromMinutes(2),
        ProofTimeout = TimeSpan.FromSeconds(20),
        QuestionTimeout = TimeSpan.FromSeconds(1),
        ThrottleLimit = 4,
    };

    /// <summary>As <see cref="Ways"/>, to look at a redirector whose zone is silent: nothing is waited for that would come.</summary>
    public static ApexRecoveryOptions InSilence(this ApexWorld world, bool planned = false) =>
        world.Ways(planned) with { QuestionTimeout = TimeSpan.FromMilliseconds(150) };

    public static Task<ApexWorld> StartAsync(
        Func<ApexInstanceSettings, ApexInstanceSettings>? instance = null, Func<SandboxTimings, SandboxTimings>? shape = null, Func<ApexSettings, ApexSettings>? apex = null) =>
        ApexWorld.StartAsync(shape, inventory =>
        {
            var settings = inventory.Apex! with { Instance = new ApexInstanceSettings { Type = "t3.micro", KeyName = "ops", SecurityGroup = "web" } };
            settings = settings with { Instance = instance?.Invoke(settings.Instance) ?? settings.Instance };
            return inventory with
            {
                Apex = apex?.Invoke(settings) ?? settings,
                Sites = [inventory.Sites[0] with { Aliases = ["other.example"] }, TestSites.Site("site2") with { Domain = "site2.example" }],
            };
        });

    public static async Task<ApexRecoveryResult> RestoreAsync(this ApexWorld world, ApexRecoveryOptions options, HostingWorkspace? machine = null)
    {
        machine ??= world.Machine();
        var plan = await machine.PlanApexRecoveryAsync(
            options.Planned ? options : options with { QuestionTimeout = world.InSilence().QuestionTimeout }, CancellationToken.None);
        Assert.True(plan.Allowed, string.Join("\n", plan.Gates));
        return await machine.RestoreApexAsync(plan, options, CancellationToken.None);
    }

    public static async Task<List<Instance>> InstancesAsync(this ApexWorld world, string? states = null)
    {
        var found = new List<Instance>();
        await foreach (var instance in world.EC2.InstancesAsync(
            states is null ? [] : [new Filter("instance-state-name", [.. states.Split(',')])], CancellationToken.None))
        {
            found.Add(instance);
        }

        return found;
    }

    public static ApexRecoveryGate Gate(this ApexRecoveryPlan plan, ApexRecoveryGateName name) => Assert.Single(plan.Gates, gate => gate.Name == name);
}
