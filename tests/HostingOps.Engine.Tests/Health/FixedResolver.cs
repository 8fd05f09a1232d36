using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Tests.Health;

/// <summary>A resolver that knows what a test tells it.</summary>
internal sealed class FixedResolver(Func<string, IReadOnlyList<IPAddress>> answer) : IAddressResolver
{
    public ConcurrentQueue<string> Asked { get; } = new();

    public static FixedResolver Failing(SocketError error) => new(_ => throw new SocketException((int)error));

    public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        Asked.Enqueue(name);
        return ValueTask.FromResult(answer(name));
    }
}
