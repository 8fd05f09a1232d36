using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace HostingOps.Sandbox.Apex;

/// <summary>
/// The folder of one nginx, laid out as on the instance. The configuration is the one of the user data but for two things: where
/// it listens, and the folders of its certificates, which come from the sandbox's authority.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="http">Where http is answered.</param>
/// <param name="https">Where https is answered.</param>
/// <param name="reloads">Whether it can take up another configuration, for which nginx needs a process more.</param>
internal sealed partial class NginxPrefix(string folder, IPEndPoint http, IPEndPoint https, bool reloads = false)
{
    private const string Main = """
        daemon off;
        pid nginx.pid;
        error_log stderr;
        events { worker_connections 512; }
        http {
            access_log off;
            client_body_temp_path t1;
            proxy_temp_path t2;
            fastcgi_temp_path t3;
            uwsgi_temp_path t4;
            scgi_temp_path t5;
            include conf.d/*.conf;
        }

        """;

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The main configuration file.</summary>
    public string MainFile => Path.Combine(folder, "nginx.conf");

    /// <summary>What nginx says.</summary>
    public string LogFile => Path.Combine(folder, "nginx.log");

    /// <summary>Where http is answered.</summary>
    public IPEndPoint Http => http;

    /// <summary>Where https is answered.</summary>
    public IPEndPoint Https => https;

    /// <summary>Writes configuration and certificates.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="instanceId">The instance, which the answers name.</param>
    /// <param name="certificates">Has the certificates.</param>
    /// <param name="hosts">Names that get a certificate besides those of the configuration.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(string configuration, string instanceId, CertificateFolders certificates, IEnumerable<string> hosts, CancellationToken cancellationToken)
    {
        var conf = Directory.CreateDirectory(Path.Combine(folder, "conf.d")).FullName;
        var (text, own) = Rehearsed(configuration, certificates);
        await File.WriteAllTextAsync(MainFile, MainText("conf.d"), cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(conf, "hostingops-apex.conf"), text, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(
            Path.Combine(conf, "hostingops-instance.conf"), $"add_header {RedirectorSoftware.InstanceHeader} \"{instanceId}\" always;\n", cancellationToken).ConfigureAwait(false);
        await certificates.WriteAsync(own.Union(hosts, StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The main configuration.</summary>
    /// <param name="configurations">The folder of the configurations for its http block.</param>
    public string MainText(string configurations) =>
        (!reloads ? "master_process off;\n" : Environment.IsPrivilegedProcess ? $"worker_processes 1;\nuser {Environment.UserName};\n" : "worker_processes 1;\n")
            + Main.ReplaceLineEndings("\n").Replace("conf.d/*.conf", configurations + "/*.conf", StringComparison.Ordinal);

    private (string Text, IReadOnlyList<string> Hosts) Rehearsed(string configuration, CertificateFolders certificates)
    {
        var text = new StringBuilder(configuration.Length);
        var hosts = new List<string>();
        var (listensHttp, listensHttps, inCertificates) = (false, false, false);
        foreach (var line in configuration.Split('\n'))
        {
            if (Listen().Match(line) is { Success: true } listen)
            {
                // IPv6 and IPv4 of the instance are one address here.
                var tls = listen.Groups["ssl"].Success;
                if (!(tls ? listensHttps : listensHttp))
                {
                    text.Append("    listen ").Append(tls ? https : http).Append(tls ? " ssl" : "").Append(";\n");
                }

                (listensHttp, listensHttps) = (listensHttp || !tls, listensHttps || tls);
                continue;
            }

            inCertificates = inCertificates ? line != "}" : line.StartsWith("map $ssl_server_name ", StringComparison.Ordinal);
            if (inCertificates && Certificate().Match(line) is { Success: true } certificate)
            {
                var host = certificate.Groups["host"].Value;
                hosts.Add(host);
                text.Append("    ").Append(host).Append(" \"").Append(certificates.Of(host)).Append("\";\n");
                continue;
            }

            text.Append(line).Append('\n');
        }

        return (text.ToString(), hosts);
    }

    [GeneratedRegex(@"^ *listen [^ ;]+(?<ssl> ssl)?;$", RegexOptions.CultureInvariant)]
    private static partial Regex Listen();

    [GeneratedRegex(@"^ +(?<host>[A-Za-z0-9._-]+) ""[^""]*"";$", RegexOptions.CultureInvariant)]
    private static partial Regex Certificate();
}
