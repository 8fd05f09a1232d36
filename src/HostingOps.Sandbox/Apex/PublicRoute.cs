using System.Net;

namespace HostingOps.Sandbox.Apex;

/// <summary>What becomes of a connection to a public address.</summary>
/// <param name="Target">Where it goes, or null.</param>
/// <param name="IsSilent">Without a target: whether it hangs, as in a zone that has failed, or is reset.</param>
internal readonly record struct PublicRoute(IPEndPoint? Target, bool IsSilent)
{
    /// <summary>Nobody listens.</summary>
    public static PublicRoute Refused => new(null, false);

    /// <summary>Nobody answers.</summary>
    public static PublicRoute Silent => new(null, true);
}
