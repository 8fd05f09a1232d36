using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.Mirror;

/// <summary>The Django site, saved and served once for all tests that look at it.</summary>
public sealed class DjangoMirror : IDisposable
{
    private readonly Lazy<Task<(DjangoSite Site, MirrorWorld World)>> ready = new(StartAsync);
    private DjangoSite? site;
    private MirrorWorld? world;

    internal async Task<(DjangoSite Site, MirrorWorld World)> ReadyAsync()
    {
        (site, world) = await ready.Value;
        return (site, world);
    }

    public void Dispose()
    {
        world?.Dispose();
        site?.Dispose();
    }

    private static async Task<(DjangoSite Site, MirrorWorld World)> StartAsync()
    {
        Skip.If(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "Only 127.0.0.1 is configured on this system's loopback.");
        _ = RealPart.Require("pwsh");
        _ = RealPart.Require("nginx");
        var site = await DjangoSite.StartAsync();
        var world = new MirrorWorld(site.Port);
        try
        {
            _ = await world.SaveAsync();
            await world.ServeAsync();
            return (site, world);
        }
        catch
        {
            world.Dispose();
            site.Dispose();
            throw;
        }
    }
}
