namespace HostingOps.Engine.Dns.Audit;

/// <summary>How sites are audited.</summary>
public sealed record SiteDnsAuditOptions
{
    /// <summary>Resolvers instead of the inventory's, by name or address, with or without port; null for the inventory's, empty for none.</summary>
    public IReadOnlyList<string>? Resolvers { get; init; }

    /// <summary>Certificate authorities instead of the inventory's, as CAA records name them; null for the inventory's.</summary>
    public IReadOnlyList<string>? CertificateAuthorities { get; init; }

    /// <summary>Sites under way at once, 1 or more. Default 32. However many, one server gets only so many questions at once.</summary>
    public int ThrottleLimit { get; init; } = 32;

    /// <summary>Time for one question, its repeats and TCP included. Default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}
