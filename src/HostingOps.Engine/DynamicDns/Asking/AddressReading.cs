using System.Net;

namespace HostingOps.Engine.DynamicDns.Asking;

/// <summary>What a source's answer came to: an address, or why not.</summary>
/// <param name="Address">The address, or null.</param>
/// <param name="Problem">A clause that follows the source's name: <c>answers HTML</c>; null when there is an address.</param>
/// <param name="Answered">Whether it answered at all.</param>
internal sealed record AddressReading(IPAddress? Address, string? Problem, bool Answered)
{
    /// <summary>An address.</summary>
    public static AddressReading Of(IPAddress address) => new(address, null, Answered: true);

    /// <summary>An answer that can't be believed.</summary>
    public static AddressReading Refused(string problem) => new(null, problem, Answered: true);

    /// <summary>No answer.</summary>
    public static AddressReading None(string problem) => new(null, problem, Answered: false);
}
