namespace HostingOps.Engine.Apex.Redirects;

/// <summary>The generators by format.</summary>
internal static class RedirectConfigs
{
    public static (string Text, string Checksum) Write(
        ApexRedirectFormat format, ApexRedirectTable table, ApexRedirectSettings settings, ApexListeners? listeners = null) => format switch
    {
        ApexRedirectFormat.Nginx => NginxRedirectConfig.Write(table, settings, listeners),
        ApexRedirectFormat.Caddy => CaddyRedirectConfig.Write(table, settings, listeners),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format."),
    };
}
