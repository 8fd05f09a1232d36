using System.Globalization;
using System.Net;
using System.Text;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>
/// nginx's configuration for the <c>http</c> block of the host that serves mirrors: a server for each site, which includes what the
/// site's current generation says. It changes with the inventory, not with the generations. Pure.
/// </summary>
internal static class NginxMirrorConfig
{
    // Nothing lies there, so that a handshake for a name that is not ours ends for want of a certificate.
    private const string NoCertificate = "/nonexistent";

    // nginx's own sizes, which a distribution's configuration leaves alone.
    private const int DefaultNames = 256;
    private const int DefaultNameLength = 40;

    /// <summary>The configuration, with its checksum.</summary>
    /// <param name="table">The sites.</param>
    /// <param name="listeners">Where it listens.</param>
    /// <param name="mapHash">Whether it sets the sizes of maps, which nothing else in the block may then do. nginx does not start when a key is longer than a bucket.</param>
    public static (string Text, string Checksum) Write(MirrorConfigTable table, ServerListeners listeners, bool mapHash)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(listeners);
        var text = new StringBuilder(table.Sites.Count * 1024);
        text.Append(CultureInfo.InvariantCulture, $"# Mirrors of {table.Sites.Count} {(table.Sites.Count == 1 ? "site" : "sites")} on {table.HostName}, for nginx.\n");
        text.Append("# New-SiteMirrorConfig of HostingOps wrote it from the inventory: change that, not this.\n\n");
        AppendSizes(text, table, mapHash);
        AppendMaps(text, table);
        foreach (var site in table.Sites)
        {
            AppendSite(text, site, listeners);
            AppendOthers(text, site, listeners);
        }

        return ConfigChecksum.Seal(text.ToString());
    }

    private static void AppendSizes(StringBuilder text, MirrorConfigTable table, bool mapHash)
    {
        var (size, bucket) = MapHash.OfMirrors;
        text.Append(mapHash ? "" : "# As large as this, or larger, they are set before this in the block.\n");
        var (begin, end) = mapHash ? ("", ";\n") : ("# ", "\n");
        text.Append(CultureInfo.InvariantCulture, $"{begin}map_hash_max_size {size}{end}{begin}map_hash_bucket_size {bucket}{end}");
        var names = table.Sites.SelectMany(static site => site.Names).ToList();
        var longest = names.Max(static name => name.Length);
        if (names.Count > DefaultNames || longest > DefaultNameLength)
        {
            var hash = MapHash.For(names.Count, longest);
            text.Append(CultureInfo.InvariantCulture, $"server_names_hash_max_size {hash.MaxSize};\nserver_names_hash_bucket_size {hash.BucketSize};\n");
        }
    }

    private static void AppendMaps(StringBuilder text, MirrorConfigTable table)
    {
        text.Append("\n# Whose name was asked for: nobody's, and nothing is answered.\nmap $host $hostingops_mirror_site {\n    default \"\";\n");
        foreach (var (site, name) in table.Sites.SelectMany(static site => site.Names.Select(name => (site, name))))
        {
            text.Append("    ").Append(name).Append(' ').Append(site.Name).Append(";\n");
        }

        text.Append("""
            }

            # A request of HTTP/1 without a name has the server's own for one.
            map "$server_protocol $http_host" $hostingops_mirror_nameless {
                default "";
                "~^HTTP/1\\.\\d $" 1;
            }

            map $request_uri $hostingops_mirror_path {
                default "/";
                "~^(?<hostingops_mirror_p>/[^?]*)" $hostingops_mirror_p;
            }

            map $uri $hostingops_mirror_index {
                default "";
                "~/$" index.html;
            }

            map $status $hostingops_mirror_retry {
                default "";

            """.ReplaceLineEndings("\n"));
        text.Append(CultureInfo.InvariantCulture, $"    503 {MirrorPages.RetryAfter};\n}}\n");
        text.Append("\n# Nothing escapes this sign in a configuration.\ngeo $hostingops_mirror_dollar {\n    default \"$\";\n}\n");
        text.Append("\n# What the current generations answer where no file's name says it, by site and URL.\nmap $hostingops_mirror_key $hostingops_mirror_found {\n    default \"\";\n");
        foreach (var site in table.Sites)
        {
            text.Append("    include \"").Append(site.Folder).Append("/current/").Append(MirrorServing.FolderName).Append("/nginx*.map\";\n");
        }

        text.Append("""
            }

            # The value begins with its key, for a map takes capitals and small letters for the same.
            map "$hostingops_mirror_key $hostingops_mirror_found" $hostingops_mirror_target {
                default "";
                "~^(\\S+) \\1 (?<hostingops_mirror_t>t\\d+/.+|s)$" $hostingops_mirror_t;
                "~^(\\S+) \\1 (?<hostingops_mirror_r>r\\d+) (?<hostingops_mirror_location>.+)$" $hostingops_mirror_r;
            }

            """.ReplaceLineEndings("\n"));
        AppendCertificates(text, table);
    }

    private static void AppendCertificates(StringBuilder text, MirrorConfigTable table)
    {
        if (!table.IsHttps)
        {
            return;
        }

        text.Append("\n# The folder of each name's certificate, read at the handshake by nginx's workers: they need leave to read the keys.\n");
        text.Append("map $ssl_server_name $hostingops_mirror_certificate {\n    default ").Append(NoCertificate).Append(";\n");
        foreach (var (site, name) in table.Sites.Where(static site => site.Certificates is not null).SelectMany(static site => site.Names.Select(name => (site, name))))
        {
            text.Append("    ").Append(name).Append(" \"").Append(site.CertificateOf(name)).Append("\";\n");
        }

        text.Append("""
            }

            # Over https, another name asked for than the certificate was taken for.
            map "$https:$ssl_server_name:$host" $hostingops_mirror_misdirected {
                default 1;
                "~^:" "";
                "~*^on:([^:]+):\\1$" "";
            }

            """.ReplaceLineEndings("\n"));
    }

    private static void AppendSite(StringBuilder text, MirroredSite site, ServerListeners listeners)
    {
        AppendServer(text, site, site.HostName, listeners);
        text.Append("    set $hostingops_mirror_folder \"").Append(site.Folder).Append("\";\n    set $hostingops_mirror_key \"\";\n");
        text.Append("    include \"").Append(site.Folder).Append("/current/").Append(MirrorServing.FolderName).Append("/nginx*.conf\";\n");
        text.Append(CultureInfo.InvariantCulture, $"\n    # While there is no generation.\n    location ~ ^ {{\n        default_type \"{MirrorPages.Type}\";\n        add_header Retry-After {MirrorPages.RetryAfter} always;\n");
        text.Append("        add_header Cache-Control no-store always;\n        return 503 ").Append(ServerText.NginxWord(MirrorPages.Unavailable)).Append(";\n    }\n}\n");
    }

    private static void AppendOthers(StringBuilder text, MirroredSite site, ServerListeners listeners)
    {
        AppendServer(text, site, string.Join(' ', site.OtherNames), listeners);
        text.Append("    if ($request_uri !~ \"^/\") {\n        return 400;\n    }\n\n    # For now only: the origin decides what is for good.\n");
        text.Append("    return 302 \"$scheme://").Append(site.HostName).Append("$request_uri\";\n}\n");
    }

    private static void AppendServer(StringBuilder text, MirroredSite site, string names, ServerListeners listeners)
    {
        text.Append("\nserver {\n");
        foreach (var endpoint in listeners.Http)
        {
            text.Append("    listen ").Append(Listen(endpoint)).Append(";\n");
        }

        foreach (var endpoint in site.Certificates is null ? [] : listeners.Https)
        {
            text.Append("    listen ").Append(Listen(endpoint)).Append(" ssl;\n");
        }

        text.Append("    server_name ").Append(names).Append(";\n    server_tokens off;\n");
        if (site.Certificates is not null)
        {
            text.Append("    ssl_certificate \"$hostingops_mirror_certificate/fullchain.pem\";\n    ssl_certificate_key \"$hostingops_mirror_certificate/privkey.pem\";\n    ssl_protocols TLSv1.2 TLSv1.3;\n");
            text.Append("\n    if ($hostingops_mirror_misdirected) {\n        return 421;\n    }\n");
        }

        text.Append("\n    # Where nothing else is the default server, this may be.\n    if ($hostingops_mirror_nameless) {\n        return 444;\n    }\n\n");
        text.Append("    if ($hostingops_mirror_site != \"").Append(site.Name).Append("\") {\n        return 444;\n    }\n\n");
    }

    private static string Listen(IPEndPoint endpoint) =>
        endpoint.Address.Equals(IPAddress.Any) ? endpoint.Port.ToString(CultureInfo.InvariantCulture) : endpoint.ToString();
}
