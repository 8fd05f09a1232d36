using System.Net;

namespace HostingOps.Engine.Apex.Checks;

/// <summary>
/// Where connections to public addresses go: as the caller says, else as the inventory's <c>apex.connectTo</c> does, else to the
/// address itself. In a rehearsal an address that nothing leads to is never asked: it may be somebody's real one.
/// </summary>
internal sealed class ApexRoutes
{
    private readonly Dictionary<IPEndPoint, IPEndPoint> ways = [];
    private readonly bool rehearsal;

    /// <summary>Puts the two together.</summary>
    /// <param name="apex">The inventory's apex, or null.</param>
    /// <param name="given">By <c>address:port</c>, what the caller says.</param>
    /// <param name="rehearsal">Whether AWS is asked on this machine.</param>
    /// <exception cref="HostingException">InvalidArgument: a side that is no address with a port.</exception>
    public ApexRoutes(ApexSettings? apex, IReadOnlyDictionary<string, string> given, bool rehearsal)
    {
        this.rehearsal = rehearsal;
        foreach (var (from, to) in (apex?.ConnectTo ?? new Dictionary<string, string>()).Concat(given))
        {
            ways[Read(from)] = Read(to);
        }
    }

    /// <summary>Whether that may be asked.</summary>
    public bool LeadTo(IPAddress address, int port) =>
        !rehearsal || IPAddress.IsLoopback(address) || ways.ContainsKey(new IPEndPoint(address, port));

    /// <summary>Whether there is any address of which that port may be asked.</summary>
    public bool LeadAnywhere(int port) => !rehearsal || ways.Keys.Any(from => from.Port == port);

    /// <summary>Where a connection to that goes.</summary>
    public IPEndPoint Of(IPEndPoint address) => ways.GetValueOrDefault(address) ?? address;

    /// <summary>Why it is not asked.</summary>
    public static string NoWay(IPEndPoint address) =>
        $"EC2 is a rehearsal, and neither -ConnectTo nor apex.connectTo of the inventory says where {address} is answered";

    private static IPEndPoint Read(string text) =>
        IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port > 0 ? endpoint : throw new HostingException(
            ErrorIds.InvalidArgument,
            HostingErrorCategory.InvalidArgument,
            text,
            $"'{text}' is no address to connect to; address:port such as 127.0.0.1:8080 was expected.");
}
