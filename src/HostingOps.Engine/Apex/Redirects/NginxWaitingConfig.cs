using System.Text;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Redirects;

/// <summary>
/// What nginx on a new redirector serves until its configuration comes by ssh: one path, which tells that it is there and which
/// instance it is, and nothing else. Sealed like every configuration of ours, so that a publish may replace it.
/// </summary>
public static class NginxWaitingConfig
{
    /// <summary>The path that is answered, for any name.</summary>
    public const string HealthPath = "/.well-known/hostingops";

    /// <summary>The configuration for the <c>http</c> block.</summary>
    /// <param name="ipv6">Whether it listens on IPv6 too.</param>
    public static string Write(bool ipv6)
    {
        var text = new StringBuilder("# No redirects yet: this redirector waits for its configuration.\n");
        text.Append("# Restore-ApexRedirector of HostingOps wrote it, and publishes the redirects in its place.\n\nserver {\n    listen 80;\n");
        text.Append(ipv6 ? "    listen [::]:80;\n" : "");
        text.Append("""

                # Every name that no other server has. "default_server" would clash with a distribution's welcome page.
                server_name "" "~^";
                server_tokens off;
                access_log off;


            """.ReplaceLineEndings("\n"));
        text.Append("    location = ").Append(HealthPath).Append(" {\n");
        text.Append("        default_type text/plain;\n        return 200 \"waiting\\n\";\n    }\n\n    location / {\n        return 444;\n    }\n}\n");
        return ConfigChecksum.Seal(text.ToString()).Text;
    }
}
