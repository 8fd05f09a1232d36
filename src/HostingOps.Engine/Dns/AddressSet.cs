using System.Net;

namespace HostingOps.Engine.Dns;

/// <summary>Sets of addresses as record sets hold them. Pure.</summary>
internal static class AddressSet
{
    /// <summary>Those that are not ours; all when we have none.</summary>
    public static List<IPAddress> Strangers(IEnumerable<IPAddress> addresses, string? ours) =>
        addresses.Where(address => ours is null || !address.Equals(IPAddress.Parse(ours))).ToList();

    /// <summary>The addresses in one line, always in the same order.</summary>
    public static string Text(IEnumerable<IPAddress> addresses) =>
        string.Join(", ", addresses.Select(static address => address.ToString()).Order(StringComparer.Ordinal));
}
