using System.Net;
using System.Threading.RateLimiting;

namespace HostingOps.Agent.Witnessing;

/// <summary>Lets clients in within the limits, each by its address, so that one can't take what others need.</summary>
internal sealed class WitnessAdmission : IAsyncDisposable
{
    private const int Burst = 40;
    private const int PerSecond = 10;

    private readonly PartitionedRateLimiter<IPAddress?> connections;
    private readonly PartitionedRateLimiter<IPAddress?> bodies;

    /// <param name="limits">The limits.</param>
    public WitnessAdmission(WitnessLimits limits)
    {
        connections = PartitionedRateLimiter.Create<IPAddress?, string>(address => RateLimitPartition.GetConcurrencyLimiter(Client(address), _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = address is not null && IPAddress.IsLoopback(address) ? limits.ConnectionsFromHere : limits.ConnectionsPerClient,
            QueueLimit = 0,
        }));
        bodies = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<IPAddress?, string>(address => RateLimitPartition.GetConcurrencyLimiter(Client(address), _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = limits.BodiesPerClient, QueueLimit = limits.WaitingPerClient,
            })),
            PartitionedRateLimiter.Create<IPAddress?, string>(_ => RateLimitPartition.GetConcurrencyLimiter("", _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = limits.Bodies, QueueLimit = 0,
            })));
        Requests = PartitionedRateLimiter.Create<IPAddress?, string>(static address => RateLimitPartition.GetTokenBucketLimiter(Client(address), static _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
        }));
    }

    /// <summary>How often a client may ask.</summary>
    public PartitionedRateLimiter<IPAddress?> Requests { get; }

    /// <summary>Takes a connection's place.</summary>
    public RateLimitLease Connection(IPAddress? address) => connections.AttemptAcquire(address);

    /// <summary>Takes a place to read a body, after the client's own that came before.</summary>
    public ValueTask<RateLimitLease> BodyAsync(IPAddress? address, CancellationToken cancellationToken) => bodies.AcquireAsync(address, 1, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await connections.DisposeAsync();
        await bodies.DisposeAsync();
        await Requests.DisposeAsync();
    }

    // Whoever has one IPv6 address has 2^64 of them.
    private static string Client(IPAddress? address)
    {
        var bytes = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.GetAddressBytes() ?? [];
        return Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 8)));
    }
}
