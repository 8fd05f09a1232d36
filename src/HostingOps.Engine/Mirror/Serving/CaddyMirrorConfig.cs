using System.Globalization;
using System.Net;
using System.Text;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>
/// A Caddyfile's site blocks for the host that serves mirrors, to be a whole Caddyfile or imported by one. Caddy reads its
/// certificates when it starts, and does not start while one is missing. Pure.
/// </summary>
internal static class CaddyMirrorConfig
{
    /// <summary>The blocks, with their checksum.</summary>
    /// <param name="table">The sites.</param>
    /// <param name="listeners">Where, or null for ports 80 and 443.</param>
    public static (string Text, string Checksum) Write(MirrorConfigTable table, ServerListeners? listeners)
    {
        ArgumentNullException.ThrowIfNull(table);
        var text = new StringBuilder(table.Sites.Count * 512);
        text.Append(CultureInfo.InvariantCulture, $"# Mirrors of {table.Sites.Count} {(table.Sites.Count == 1 ? "site" : "sites")} on {table.HostName}, for Caddy.\n");
        text.Append("# New-SiteMirrorConfig of HostingOps wrote it from the inventory: change that, not this.\n");
        foreach (var site in table.Sites)
        {
            foreach (var isSecure in site.Certificates is null ? [false] : new[] { false, true })
            {
                AppendSite(text, site, isSecure, listeners);
                AppendOthers(text, site, isSecure, listeners);
            }
        }

        return ConfigChecksum.Seal(text.ToString());
    }

    private static void AppendSite(StringBuilder text, MirroredSite site, bool isSecure, ServerListeners? listeners)
    {
        AppendBlock(text, site, [site.HostName], isSecure, listeners);
        text.Append("\tvars hostingops_mirror_folder \"").Append(site.Folder).Append("\"\n");
        text.Append("\timport \"").Append(site.Folder).Append("/current/").Append(MirrorServing.FolderName).Append("/caddy*.conf\"\n");
        text.Append(CultureInfo.InvariantCulture, $"\n\t# While there is no generation.\n\troute {{\n\t\theader Content-Type \"{MirrorPages.Type}\"\n\t\theader Retry-After {MirrorPages.RetryAfter}\n\t\trespond `{MirrorPages.Unavailable}` 503\n\t}}\n}}\n");
    }

    private static void AppendOthers(StringBuilder text, MirroredSite site, bool isSecure, ServerListeners? listeners)
    {
        // A folder of certificates may be each name's own.
        foreach (var names in isSecure ? site.OtherNames.GroupBy(site.CertificateOf, StringComparer.Ordinal).Select(static group => group.ToList()) : [site.OtherNames.ToList()])
        {
            AppendBlock(text, site, names, isSecure, listeners);
            text.Append("\t# For now only: the origin decides what is for good.\n\tredir \"").Append(isSecure ? "https" : "http").Append("://").Append(site.HostName).Append("{http.request.orig_uri}\" 302\n}\n");
        }
    }

    private static void AppendBlock(StringBuilder text, MirroredSite site, List<string> names, bool isSecure, ServerListeners? listeners)
    {
        var endpoints = listeners is null ? null : isSecure ? listeners.Https : listeners.Http;
        var port = endpoints is null ? "" : string.Create(CultureInfo.InvariantCulture, $":{endpoints[0].Port}");
        text.Append('\n').AppendJoin(", ", names.Select(name => (isSecure ? "https://" : "http://") + name + port)).Append(" {\n");
        if (endpoints is not null)
        {
            text.Append("\tbind ").AppendJoin(' ', endpoints.Select(static endpoint => endpoint.Address)).Append('\n');
        }

        if (isSecure)
        {
            var folder = site.CertificateOf(names[0]);
            text.Append("\ttls \"").Append(folder).Append("/fullchain.pem\" \"").Append(folder).Append("/privkey.pem\"\n");
        }
    }
}
