using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Redirects;

/// <summary>The generators by format.</summary>
internal static class RedirectConfigs
{
    public static (string Text, string Checksum) Write(
        WebServerFormat format, ApexRedirectTable table, ApexRedirectSettings settings, ServerListeners? listeners = null) => format switch
    {
        WebServerFormat.Nginx => NginxRedirectConfig.Write(table, settings, listeners),
        WebServerFormat.Caddy => CaddyRedirectConfig.Write(table, settings, listeners),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format."),
    };

    /// <summary>Has the real server judge the configuration that the table and the settings give.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Task<ServerConfigTest> TestAsync(
        this ServerConfigTester tester, WebServerFormat format, ApexRedirectTable table, ApexRedirectSettings settings, CancellationToken cancellationToken) =>
        tester.TestAsync(format, "hostingops-apex.conf", listeners => Write(format, table, settings, listeners).Text, cancellationToken);
}
