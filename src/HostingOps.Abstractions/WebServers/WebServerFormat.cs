namespace HostingOps;

/// <summary>The server that a configuration is for.</summary>
public enum WebServerFormat : long
{
    /// <summary>nginx 1.18 and later: a file for the <c>http</c> block, as in <c>/etc/nginx/conf.d</c>.</summary>
    Nginx,

    /// <summary>Caddy 2.6 and later: a whole Caddyfile.</summary>
    Caddy,
}
