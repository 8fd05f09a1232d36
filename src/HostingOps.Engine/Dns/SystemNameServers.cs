using System.Net;
using System.Net.NetworkInformation;

namespace HostingOps.Engine.Dns;

/// <summary>The resolvers that this machine is set to use.</summary>
internal static class SystemNameServers
{
    private const int DnsPort = 53;

    /// <summary>Their addresses, those of the interfaces that are up; empty when none is set.</summary>
    public static IReadOnlyList<IPEndPoint> Find()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .Where(static network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
                .SelectMany(static network => network.GetIPProperties().DnsAddresses)

                // What Windows names for an interface without a resolver; nobody answers there.
                .Where(static address => !address.IsIPv6SiteLocal)
                .Distinct()
                .Select(static address => new IPEndPoint(address, DnsPort))
                .ToList();
        }
        catch (Exception exception) when (exception is NetworkInformationException or PlatformNotSupportedException)
        {
            return [];
        }
    }
}
