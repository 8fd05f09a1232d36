using System.Globalization;
using System.Net;
using System.Text;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Redirects;

/// <summary>
/// nginx configuration for the <c>http</c> block: one server for all names, with maps hashed by host. Pure: the same table and
/// settings give the same text.
/// </summary>
public static class NginxRedirectConfig
{
    // Nothing lies there, so that a handshake for a name that is not ours ends for want of a certificate.
    private const string NoCertificate = "/nonexistent";

    /// <summary>The configuration, with its checksum.</summary>
    /// <param name="table">The redirects.</param>
    /// <param name="settings">How they are answered.</param>
    /// <param name="listeners">Where, or null for ports 80 and 443.</param>
    /// <exception cref="HostingException">ApexRedirectInvalid: a setting that cannot stand in a configuration.</exception>
    public static (string Text, string Checksum) Write(ApexRedirectTable table, ApexRedirectSettings settings, ServerListeners? listeners = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        RedirectSettingsRules.Demand(settings);
        var text = new StringBuilder(table.Redirects.Count * 128);
        text.Append(CultureInfo.InvariantCulture, $"# Redirects of {table.Redirects.Count} names to the www of {table.SiteCount} sites, for nginx.\n");
        text.Append("# New-ApexRedirectConfig of HostingOps wrote it from the inventory: change that, not this.\n\n");
        AppendHash(text, table);
        AppendTargets(text, table);
        AppendCertificates(text, table, settings);
        AppendGuards(text, settings);
        AppendServer(text, settings, listeners ?? ServerListeners.Public(settings.Ipv6));
        return ConfigChecksum.Seal(text.ToString());
    }

    private static void AppendHash(StringBuilder text, ApexRedirectTable table)
    {
        var hash = MapHash.For(table.Redirects.Count, table.Redirects.Max(static redirect => redirect.Host.Length));

        // They may stand once in nginx's configuration, so where mirrors are served beside this they are for these too.
        hash = table.HasMirrors ? hash.With(MapHash.OfMirrors) : hash;
        text.Append(CultureInfo.InvariantCulture, $"map_hash_max_size {hash.MaxSize};\n");
        text.Append(CultureInfo.InvariantCulture, $"map_hash_bucket_size {hash.BucketSize};\n");
    }

    private static void AppendTargets(StringBuilder text, ApexRedirectTable table)
    {
        text.Append("\n# The name asked for, and the name that answers. $host has no port, no final dot and no capitals.\n");
        text.Append("map $host $hostingops_apex_target {\n    default \"\";\n");
        foreach (var redirect in table.Redirects)
        {
            text.Append("    ").Append(redirect.Host).Append(' ').Append(redirect.Target).Append(";\n");
        }

        text.Append("}\n");
    }

    private static void AppendCertificates(StringBuilder text, ApexRedirectTable table, ApexRedirectSettings settings)
    {
        text.Append("\n# The folder of each name's certificate, read at the handshake by nginx's workers: they need leave to read the keys.\n");
        text.Append("map $ssl_server_name $hostingops_apex_certificate {\n    default ").Append(NoCertificate).Append(";\n");
        foreach (var redirect in table.Redirects)
        {
            var folder = ServerPath.Fill(settings.Certificates, redirect.Host, redirect.SiteDomain);
            text.Append("    ").Append(redirect.Host).Append(" \"").Append(folder).Append("\";\n");
        }

        text.Append("}\n");
    }

    private static void AppendGuards(StringBuilder text, ApexRedirectSettings settings)
    {
        text.Append("""

            # Over https, another name asked for than the certificate was taken for.
            map "$https:$ssl_server_name:$host" $hostingops_apex_misdirected {
                default 1;
                "~^:" "";
                "~*^on:([^:]+):\\1$" "";
            }

            """.ReplaceLineEndings("\n"));
        if (settings.Hsts > TimeSpan.Zero)
        {
            text.Append("\n# Only over https (RFC 6797 section 7.2): an empty header is not sent.\n");
            text.Append("map $https $hostingops_apex_hsts {\n    default \"\";\n    on \"").Append(Hsts(settings)).Append("\";\n}\n");
        }
    }

    /// <summary>The value of Strict-Transport-Security.</summary>
    internal static string Hsts(ApexRedirectSettings settings) =>
        string.Create(CultureInfo.InvariantCulture, $"max-age={settings.Hsts.Ticks / TimeSpan.TicksPerSecond}")
        + (settings.HstsIncludeSubDomains ? "; includeSubDomains" : "");

    private static void AppendServer(StringBuilder text, ApexRedirectSettings settings, ServerListeners listeners)
    {
        text.Append("\nserver {\n");
        foreach (var endpoint in listeners.Http)
        {
            text.Append("    listen ").Append(Listen(endpoint)).Append(";\n");
        }

        foreach (var endpoint in listeners.Https)
        {
            text.Append("    listen ").Append(Listen(endpoint)).Append(" ssl;\n");
        }

        text.Append("""

                # Every name that no other server has. "default_server" would clash with a distribution's welcome page.
                server_name "" "~^";
                server_tokens off;

            """.ReplaceLineEndings("\n"));
        text.Append(settings.AccessLog ? "" : "    access_log off;\n");
        text.Append("""

                ssl_certificate "$hostingops_apex_certificate/fullchain.pem";
                ssl_certificate_key "$hostingops_apex_certificate/privkey.pem";
                ssl_protocols TLSv1.2 TLSv1.3;

            """.ReplaceLineEndings("\n"));
        if (settings.Hsts > TimeSpan.Zero)
        {
            text.Append("    add_header Strict-Transport-Security $hostingops_apex_hsts;\n");
            text.Append("    # A header of the server's own hides those of the http block, the instance's name among them.\n");
            text.Append("    include conf.d/hostingops-instance*.conf;\n");
        }

        text.Append("""

                if ($hostingops_apex_misdirected) {
                    return 421;
                }

                if ($hostingops_apex_target = "") {
                    return 444;
                }

                # What is put behind the name must not become a part of it.
                if ($request_uri !~ "^[/?]") {
                    return 400;
                }

                location ^~ /.well-known/acme-challenge/ {

            """.ReplaceLineEndings("\n"));
        text.Append("        root \"").Append(settings.AcmeRoot).Append("\";\n");
        text.Append("        default_type text/plain;\n        try_files $uri =404;\n    }\n\n    location / {\n");
        text.Append(CultureInfo.InvariantCulture, $"        return {settings.Status} \"https://$hostingops_apex_target$request_uri\";\n");
        text.Append("    }\n}\n");
    }

    private static string Listen(IPEndPoint endpoint) =>
        endpoint.Address.Equals(IPAddress.Any) ? endpoint.Port.ToString(CultureInfo.InvariantCulture) : endpoint.ToString();
}
