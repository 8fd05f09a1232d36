using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>What the zone above and the zone's own servers say of it.</summary>
internal sealed record ZoneView
{
    /// <summary>Its name.</summary>
    public required DnsName Name { get; init; }

    /// <summary>Whether it is the zone that we control.</summary>
    public bool IsOurs { get; init; }

    /// <summary>The names of its servers as the zone above has them; null when that is not known.</summary>
    public IReadOnlyList<DnsName>? Delegated { get; init; }

    /// <summary>Who said so.</summary>
    public string? DelegatedBy { get; init; }

    /// <summary>Its servers, one entry an address.</summary>
    public IReadOnlyList<ZoneServerView> Servers { get; init; } = [];

    /// <summary>What the zone above vouches for; null when that is not known.</summary>
    public IReadOnlyList<DelegationSigner>? Signers { get; init; }

    /// <summary>The data of its DNSKEY records; null when they were not asked for, or nobody answered.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Keys { get; init; }

    /// <summary>The signatures of the DNSKEY records.</summary>
    public IReadOnlyList<RecordSignature> KeySignatures { get; init; } = [];

    /// <summary>Who told the keys.</summary>
    public string? KeysFrom { get; init; }

    /// <summary>Whether the zone above says that it is signed.</summary>
    public bool IsSigned => Signers is { Count: > 0 };

    /// <summary>Where any name below leads: the records of one that nobody made; null when it does not exist.</summary>
    public NameAnswer? AnyName { get; init; }
}
