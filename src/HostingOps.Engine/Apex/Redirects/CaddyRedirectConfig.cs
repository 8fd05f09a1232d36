using System.Globalization;
using System.Net;
using System.Text;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Redirects;

/// <summary>
/// A Caddyfile with the same answers as nginx's configuration. Caddy reads its certificates when it starts, so it gets a block
/// for each, and does not start while one is missing.
/// </summary>
public static class CaddyRedirectConfig
{
    /// <summary>The Caddyfile, with its checksum.</summary>
    /// <param name="table">The redirects.</param>
    /// <param name="settings">How they are answered.</param>
    /// <param name="listeners">Where, or null for ports 80 and 443. Caddy has one port for each scheme: the first one's.</param>
    /// <exception cref="HostingException">ApexRedirectInvalid: a setting that cannot stand in a configuration.</exception>
    public static (string Text, string Checksum) Write(ApexRedirectTable table, ApexRedirectSettings settings, ServerListeners? listeners = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        RedirectSettingsRules.Demand(settings);
        var text = new StringBuilder(table.Redirects.Count * 256);
        text.Append(CultureInfo.InvariantCulture, $"# Redirects of {table.Redirects.Count} names to the www of {table.SiteCount} sites, for Caddy.\n");
        text.Append("# New-ApexRedirectConfig of HostingOps wrote it from the inventory: change that, not this.\n\n");
        AppendOptions(text, settings, listeners);
        AppendShared(text, settings);
        foreach (var block in table.Redirects.GroupBy(static redirect => redirect.Target, StringComparer.Ordinal))
        {
            AppendSite(text, "http://", null, block.Key, block, settings);
        }

        foreach (var block in table.Redirects.GroupBy(redirect => (Folder: ServerPath.Fill(settings.Certificates, redirect.Host, redirect.SiteDomain), redirect.Target)))
        {
            AppendSite(text, "https://", block.Key.Folder, block.Key.Target, block, settings);
        }

        text.Append("\n# Any other name.\nhttp:// {\n\tabort\n}\n");
        return ConfigChecksum.Seal(text.ToString());
    }

    private static void AppendOptions(StringBuilder text, ApexRedirectSettings settings, ServerListeners? listeners)
    {
        text.Append("{\n\tauto_https off\n");
        if (listeners is not null)
        {
            var addresses = listeners.Http.Concat(listeners.Https).Select(static endpoint => endpoint.Address).Distinct();
            text.Append(CultureInfo.InvariantCulture, $"\thttp_port {listeners.Http[0].Port}\n\thttps_port {listeners.Https[0].Port}\n");
            text.Append("\tdefault_bind ").AppendJoin(' ', addresses).Append("\n\tadmin off\n");
        }
        else if (!settings.Ipv6)
        {
            text.Append("\tdefault_bind 0.0.0.0\n");
        }

        // Without it, a name could be asked for under another name's certificate.
        text.Append("\tservers {\n\t\tstrict_sni_host on\n\t\tprotocols h1\n\t}\n}\n");
    }

    private static void AppendShared(StringBuilder text, ApexRedirectSettings settings)
    {
        text.Append("\n(hostingops_apex) {\n\theader -Server\n");
        text.Append(settings.AccessLog ? "\tlog\n" : "");
        text.Append("\thandle /.well-known/acme-challenge/* {\n\t\troot * \"").Append(settings.AcmeRoot).Append("\"\n\t\tfile_server\n\t}\n}\n");
    }

    private static void AppendSite(
        StringBuilder text, string scheme, string? folder, string target, IEnumerable<ApexRedirect> redirects, ApexRedirectSettings settings)
    {
        text.Append('\n').AppendJoin(", ", redirects.Select(redirect => scheme + redirect.Host)).Append(" {\n");
        if (folder is not null)
        {
            text.Append("\ttls \"").Append(folder).Append("/fullchain.pem\" \"").Append(folder).Append("/privkey.pem\"\n");
        }

        if (folder is not null && settings.Hsts > TimeSpan.Zero)
        {
            text.Append("\theader Strict-Transport-Security \"").Append(NginxRedirectConfig.Hsts(settings)).Append("\"\n");
        }

        text.Append("\timport hostingops_apex\n\thandle {\n\t\tredir \"https://").Append(target).Append("{http.request.orig_uri}\" ");
        text.Append(settings.Status.ToString(CultureInfo.InvariantCulture)).Append("\n\t}\n}\n");
    }
}
