using System.Collections;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>Reads -ConnectTo.</summary>
internal static class ConnectToRoutes
{
    /// <summary>By <c>address:port</c>: where connections go instead.</summary>
    /// <exception cref="HostingException">InvalidArgument: a side that is no address with a port.</exception>
    public static IReadOnlyDictionary<string, string> Read(IDictionary? connectTo)
    {
        var routes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry route in connectTo ?? new Hashtable())
        {
            var (from, to) = ($"{route.Key}", $"{route.Value}");
            if (!System.Net.IPEndPoint.TryParse(to, out var target) || target.Port == 0 || !System.Net.IPEndPoint.TryParse(from, out var source) || source.Port == 0)
            {
                throw new HostingException(
                    ErrorIds.InvalidArgument,
                    HostingErrorCategory.InvalidArgument,
                    from,
                    $"-ConnectTo leads '{from}' to '{to}'; address:port to address:port is expected, for example '198.51.100.99:80' = '127.0.0.1:8080'.");
            }

            routes[from] = to;
        }

        return routes;
    }
}
