using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>What a public resolver says of a name.</summary>
/// <param name="Resolver">The resolver, in words.</param>
/// <param name="Name">The name.</param>
/// <param name="Type">The type asked for.</param>
internal sealed record ResolverAnswer(string Resolver, DnsName Name, DnsRecordType Type)
{
    /// <summary>Its answer, or null.</summary>
    public DnsMessage? Message { get; init; }

    /// <summary>Why there is none, as a clause whose subject is the resolver, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>When it failed: what it says when it is not to judge by DNSSEC; null when it was not asked.</summary>
    public DnsMessage? Unchecked { get; init; }
}
