using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.Health;

/// <summary>The machine's own resolver (getaddrinfo), as a visitor's browser on this machine would use it.</summary>
/// <param name="lookupsAtOnce">Lookups under way at the same time, at most. Each holds one thread.</param>
internal sealed class SystemAddressResolver(int lookupsAtOnce = 16) : IAddressResolver
{
    private readonly SemaphoreSlim places = new(lookupsAtOnce);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);

        // getaddrinfo blocks and cannot be cancelled. On pool threads a dead resolver would starve every other probe
        // and make healthy sites look down; a few threads of its own keep that apart.
        var lookup = Task.Factory.StartNew(
            static state => System.Net.Dns.GetHostAddresses((string)state!),
            name,
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
        _ = lookup.ContinueWith(
            (ended, state) =>
            {
                // Whoever asked may have stopped waiting: an error nobody awaits must count as seen.
                _ = ended.Exception;
                ((SemaphoreSlim)state!).Release();
            },
            places,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        var addresses = await lookup.WaitAsync(cancellationToken).ConfigureAwait(false);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.NoData);
    }
}
