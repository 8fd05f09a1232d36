namespace HostingOps;

/// <summary>How the redirector answers for the bare domains.</summary>
public sealed record ApexRedirectSettings
{
    /// <summary>What holds when the inventory says nothing.</summary>
    public static ApexRedirectSettings Default { get; } = new();

    /// <summary>
    /// The folder of a name's <c>fullchain.pem</c> and <c>privkey.pem</c>. <c>{domain}</c> is the name asked for,
    /// <c>{siteDomain}</c> the domain of its site. Default <c>/etc/letsencrypt/live/{domain}</c>.
    /// </summary>
    public string Certificates { get; init; } = "/etc/letsencrypt/live/{domain}";

    /// <summary>The folder in which <c>.well-known/acme-challenge/</c> lies (RFC 8555 §8.3). Default <c>/var/www/acme</c>.</summary>
    public string AcmeRoot { get; init; } = "/var/www/acme";

    /// <summary>Time for which browsers are told to use https only (RFC 6797). Default 0: they are not told.</summary>
    public TimeSpan Hsts { get; init; }

    /// <summary>Whether that holds for all names below the bare domain too. Default false.</summary>
    public bool HstsIncludeSubDomains { get; init; }

    /// <summary>Whether requests are logged. Default false.</summary>
    public bool AccessLog { get; init; }

    /// <summary>Whether the redirector listens on IPv6 too. Default true.</summary>
    public bool Ipv6 { get; init; } = true;

    /// <summary>The status of the redirects: 301, 302, 307 or 308. Default 301.</summary>
    public int Status { get; init; } = 301;

    /// <summary>Whether <c>www.</c> before an alias is redirected too. Default false.</summary>
    public bool WwwAliases { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Status}, HSTS {(Hsts > TimeSpan.Zero ? FormattableString.Invariant($"{Hsts.TotalDays:0.##} d") : "no")}");
}
