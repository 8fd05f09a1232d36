using HostingOps.Testing;
using HostingOps.Testing.HardSites;
using HostingOps.Testing.Http;

namespace HostingOps.EndToEnd.Tests.Mirror;

/// <summary>The hard site, saved and served once for all tests that look at it.</summary>
public sealed class HardMirror : IAsyncLifetime
{
    /// <summary>Connections that the inventory allows.</summary>
    public const int Connections = 6;

    private readonly Lazy<Task> ready;
    private MirrorWorld? world;

    public HardMirror() => ready = new Lazy<Task>(StartAsync);

    public HardSite Site { get; } = HardSite.Begin();

    internal MirrorWorld World => world!;

    /// <summary>Rules of the site that the first run broke.</summary>
    public IReadOnlyList<string> Violations { get; private set; } = [];

    /// <summary>What the first run asked.</summary>
    public IReadOnlyList<(string Host, RawRequest Request)> Requests { get; private set; } = [];

    /// <summary>Requests that were under way at once in the first run, at most.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Bytes of bodies that the first run took.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>The site answers, and has been asked for nothing yet.</summary>
    public async Task ReadyAsync()
    {
        await ready.Value;
        Site.Latency = TimeSpan.Zero;
        Site.Forget();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        world?.Dispose();
        await Site.DisposeAsync();
    }

    /// <summary>What no test of a mirror behind a real nginx can do without.</summary>
    public static void SkipWhereItCannotRun()
    {
        Skip.If(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "Only 127.0.0.1 is configured on this system's loopback.");
        _ = RealPart.Require("nginx");
        _ = RealPart.Require("pwsh");
    }

    private async Task StartAsync()
    {
        SkipWhereItCannotRun();
        world = new MirrorWorld(Site.Port, $"connections: {Connections}, timeout: 15s, assetHosts: [\"{Site.AssetHost}:{Site.AssetPort}\"]");
        _ = await world.SaveAsync();
        (Violations, Requests, MostAtOnce, BodyBytes) = (Site.Violations(), Site.Requests, Site.MostAtOnce, Site.BodyBytes);
        await world.ServeAsync();
    }
}
