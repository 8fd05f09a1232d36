namespace HostingOps;

/// <summary>How the outside is asked about the sites' names, and what is expected of it.</summary>
public sealed record DnsAuditSettings
{
    private static readonly IReadOnlyList<string> PublicResolvers = ["1.1.1.1", "8.8.8.8", "9.9.9.9"];
    private static readonly IReadOnlyList<string> LetsEncrypt = ["letsencrypt.org"];

    /// <summary>What holds when the inventory says nothing.</summary>
    public static DnsAuditSettings Default { get; } = new();

    /// <summary>Public resolvers, by name or address, with or without port. Default 1.1.1.1, 8.8.8.8 and 9.9.9.9; they check DNSSEC.</summary>
    public IReadOnlyList<string> Resolvers { get; init; } = PublicResolvers;

    /// <summary>The names by which CAA records know our certificate authorities (RFC 8659 §4.2). Default letsencrypt.org.</summary>
    public IReadOnlyList<string> CertificateAuthorities { get; init; } = LetsEncrypt;

    /// <summary>Whether our certificates are for wildcards too, so that issuewild records count. Default false.</summary>
    public bool WildcardCertificates { get; init; }

    /// <summary>How long a switch may take to reach everyone. Default one hour.</summary>
    public TimeSpan MaxSwitchTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Days before its end from which a DNSSEC signature is warned of. Default 3.</summary>
    public int SignatureWarningDays { get; init; } = 3;

    /// <summary>Questions under way at one server at once. Default 8.</summary>
    public int QuestionsAtOnce { get; init; } = 8;

    /// <summary>Questions to one server in a second. Default 50.</summary>
    public int QuestionsPerSecond { get; init; } = 50;

    /// <summary>The name servers to start from, as <c>address</c> or <c>address:port</c>. Empty for those of the Internet's root.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>The port at which name servers are asked that others name. Default 53; another one is for rehearsals.</summary>
    public int Port { get; init; } = 53;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Resolvers.Count} resolvers, switches within {MaxSwitchTime}");
}
