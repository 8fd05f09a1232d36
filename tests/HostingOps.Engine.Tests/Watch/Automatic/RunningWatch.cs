using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Automatic;

namespace HostingOps.Engine.Tests.Watch.Automatic;

/// <summary>A listener that runs, told of each change.</summary>
internal sealed class RunningWatch : IAsyncDisposable
{
    private readonly MoveWorld world;
    private readonly CancellationTokenSource end = new();
    private readonly Task running;

    public RunningWatch(MoveWorld world, AutomaticOptions? options = null)
    {
        this.world = world;
        Listener = world.Listener(options);
        running = Task.Run(() => Listener.RunAsync(world, end.Token));
    }

    public IWatchListener Listener { get; }

    public void Down(string site) => Set(site, WatchState.Down);

    public void Set(string site, WatchState state, bool standby = false) => Listener.Changed(world.Set(site, state, standby));

    /// <summary>Lets time pass until it is so.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 60_000 && !condition(); i++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(1);
        }

        Assert.True(condition());
    }

    /// <summary>Waits until it is so, while the clock stands still.</summary>
    public static async Task WaitAsync(Func<bool> condition)
    {
        for (var i = 0; i < 3000 && !condition(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(condition());
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
        end.Dispose();
    }
}
