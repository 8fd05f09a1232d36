using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Tests.World;

/// <summary>Sandboxes for tests: no throttling and short delays unless a test asks for them.</summary>
internal static class QuickSandbox
{
    public static SandboxOptions Options { get; } = new()
    {
        Throttling = new SandboxThrottling { Enabled = false },
        Timings = new SandboxTimings
        {
            Processing = TimeSpan.Zero,
            Propagation = TimeSpan.FromMilliseconds(50),
            InstanceTransition = TimeSpan.FromMilliseconds(50),
            InstanceVisible = TimeSpan.Zero,
        },
        Random = new Random(7),
    };

    public static Task<RehearsalSandbox> StartAsync() => StartAsync(SampleInventory.Create(), Options);

    public static async Task<RehearsalSandbox> StartAsync(HostingInventory inventory, SandboxOptions options) =>
        (RehearsalSandbox)await SandboxWorld.StartAsync(inventory, options, CancellationToken.None);
}
