using System.Globalization;

namespace HostingOps.Engine.Watch;

/// <summary>What a host's name leads to: where another machine under the same name differs.</summary>
internal static class HostDestination
{
    /// <summary>Addresses, alias and diversions of a host as one text, the same for the same destination.</summary>
    public static string Of(SiteHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var diverted = host.ConnectTo.OrderBy(static way => way.Key).Select(static way => string.Create(CultureInfo.InvariantCulture, $"{way.Key}={way.Value}"));
        return string.Join(' ', [$"v4:{host.Address}", $"v6:{host.AddressV6}", $"cname:{host.Cname}", .. diverted]);
    }
}
