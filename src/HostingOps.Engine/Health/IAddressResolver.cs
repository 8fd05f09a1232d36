using System.Net;

namespace HostingOps.Engine.Health;

/// <summary>Finds the addresses of a name, for probes of the public name and of hosts known by a CNAME.</summary>
public interface IAddressResolver
{
    /// <summary>The addresses in the order in which they should be tried; never empty.</summary>
    /// <param name="name">A host name in ASCII form, without trailing dot.</param>
    /// <param name="cancellationToken">Ends the wait; a lookup under way in the system may go on unseen.</param>
    /// <exception cref="System.Net.Sockets.SocketException">
    /// HostNotFound or NoData when the name has no address; anything else when the lookup itself could not be made.
    /// </exception>
    ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken);
}
