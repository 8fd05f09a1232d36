using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>The generators by format.</summary>
internal static class MirrorConfigs
{
    /// <summary>The file that a server includes, with its checksum.</summary>
    /// <param name="format">The server.</param>
    /// <param name="table">The sites.</param>
    /// <param name="listeners">Where it listens, or null for ports 80 and 443.</param>
    /// <param name="mapHash">Whether nginx's sizes of maps are set.</param>
    public static (string Text, string Checksum) Write(WebServerFormat format, MirrorConfigTable table, ServerListeners? listeners = null, bool mapHash = true) => format switch
    {
        WebServerFormat.Nginx => NginxMirrorConfig.Write(table, listeners ?? ServerListeners.Public(table.IsIPv6), mapHash),
        WebServerFormat.Caddy => CaddyMirrorConfig.Write(table, listeners),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format."),
    };
}
