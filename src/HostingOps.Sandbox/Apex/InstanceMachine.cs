namespace HostingOps.Sandbox.Apex;

/// <summary>One instance as a machine: boots after its delay, then runs its software until it is disposed of.</summary>
internal sealed class InstanceMachine : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Task booting;
    private IRunningSoftware? running;

    /// <summary>Begins to boot.</summary>
    public InstanceMachine(IInstanceSoftware software, InstanceBoot boot, TimeSpan delay, TimeProvider timeProvider) =>
        booting = BootAsync(software, boot, delay, timeProvider);

    /// <summary>What serves on it, or null before it has booted.</summary>
    public IRunningSoftware? Running => Volatile.Read(ref running);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await booting.ConfigureAwait(false);
        if (running is not null)
        {
            await running.DisposeAsync().ConfigureAwait(false);
        }

        stopping.Dispose();
    }

    private async Task BootAsync(IInstanceSoftware software, InstanceBoot boot, TimeSpan delay, TimeProvider timeProvider)
    {
        try
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, timeProvider, stopping.Token).ConfigureAwait(false);
            }

            Volatile.Write(ref running, await software.StartAsync(boot, stopping.Token).ConfigureAwait(false));
        }
        catch (Exception error) when (error is OperationCanceledException or System.Net.Sockets.SocketException or IOException)
        {
            // It ended before it had booted, or what should run on it did not start: an instance that runs and never serves.
        }
    }
}
