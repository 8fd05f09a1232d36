using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace HostingOps.Engine.DynamicDns.Asking;

/// <summary>Reads the public address of a network interface: for a machine that has one itself.</summary>
internal static class InterfaceAddressSource
{
    private const string LinuxTable = "/proc/net/if_inet6";

    // Of Linux's include/uapi/linux/if_addr.h: temporary (RFC 8981), failed, deprecated, tentative.
    private const int UnfitFlags = 0x01 | 0x08 | 0x20 | 0x40;

    public static AddressReading Read(string name, AddressFamily family)
    {
        NetworkInterface? found;
        List<IPAddress> addresses;
        try
        {
            found = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(network => network.Name == name);
            if (found is null)
            {
                return AddressReading.None("is no interface of this machine");
            }

            if (found.OperationalStatus is not (OperationalStatus.Up or OperationalStatus.Unknown))
            {
                return AddressReading.None("is down");
            }

            addresses = found.GetIPProperties().UnicastAddresses.Where(one => one.Address.AddressFamily == family && IsLasting(one, name))
                .Select(static one => one.Address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(one.Address.GetAddressBytes()) : one.Address)
                .Distinct().ToList();
        }
        catch (Exception failure) when (failure is NetworkInformationException or PlatformNotSupportedException)
        {
            return AddressReading.None($"can't be read: {failure.Message.TrimEnd('.')}");
        }

        var usable = addresses.Where(static address => SpecialPurposeAddresses.Describe(address) is null).ToList();
        return (usable, addresses) switch
        {
            ([var only], _) => AddressReading.Of(only),
            ([], []) => AddressReading.None("has no address of that family"),
            ([], [var first, ..]) => AddressReading.Refused($"has {first}, which is {SpecialPurposeAddresses.Describe(first)}"),
            _ => AddressReading.Refused($"has several public addresses: {string.Join(", ", usable)}"),
        };
    }

    // A temporary address changes every day (RFC 8981), and nobody listens on it for long.
    private static bool IsLasting(UnicastIPAddressInformation information, string name)
    {
        if (information.Address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return true;
        }

        if (OperatingSystem.IsWindows())
        {
            return !information.IsTransient && information.SuffixOrigin != SuffixOrigin.Random
                && information.DuplicateAddressDetectionState == DuplicateAddressDetectionState.Preferred;
        }

        if (!File.Exists(LinuxTable))
        {
            return true;
        }

        var wanted = Convert.ToHexString(information.Address.GetAddressBytes()).ToLowerInvariant();
        return !File.ReadLines(LinuxTable).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Any(columns =>
            columns.Length == 6 && columns[0] == wanted && columns[5] == name
            && int.TryParse(columns[4], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var flags) && (flags & UnfitFlags) != 0);
    }
}
