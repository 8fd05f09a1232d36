namespace HostingOps;

/// <summary>What an audit of a site's DNS can find.</summary>
public enum SiteDnsFindingCode : long
{
    /// <summary>The client's www has no record, or does not exist.</summary>
    WwwMissing,

    /// <summary>The client's www has the address of one of the site's hosts: it works today, and a failover does not move it.</summary>
    WwwFixedAddress,

    /// <summary>The client's www leads somewhere else than to our record.</summary>
    WwwElsewhere,

    /// <summary>CNAME records lead over more than two hops.</summary>
    ChainTooLong,

    /// <summary>CNAME records lead round in a circle.</summary>
    ChainLoop,

    /// <summary>A CNAME record leads to a name that has no address.</summary>
    ChainDangling,

    /// <summary>A CNAME record at a zone's own name, where SOA and NS stand (RFC 1034 §3.6.2).</summary>
    ApexCname,

    /// <summary>A bare domain has no A record.</summary>
    AddressMissing,

    /// <summary>A bare domain's A record is not the Elastic IP.</summary>
    AddressElsewhere,

    /// <summary>A bare domain has no AAAA record, though the redirector has an IPv6 address.</summary>
    AddressV6Missing,

    /// <summary>A bare domain's AAAA record is not the redirector's.</summary>
    AddressV6Elsewhere,

    /// <summary>Our own record does not exist or has no address.</summary>
    RecordMissing,

    /// <summary>Our own record leads to neither of the site's hosts.</summary>
    RecordElsewhere,

    /// <summary>Our own record is served with a higher TTL than the inventory's.</summary>
    RecordTtl,

    /// <summary>A switch takes longer to reach everyone than the inventory's maxSwitchTime.</summary>
    SwitchTooSlow,

    /// <summary>A zone's name servers give different answers.</summary>
    ServersDisagree,

    /// <summary>A zone's name servers have different versions of it.</summary>
    SerialsDiffer,

    /// <summary>The domain is not in the zone above it: not registered, expired, or without name servers.</summary>
    DomainMissing,

    /// <summary>The registry names other name servers than the zone itself.</summary>
    DelegationMismatch,

    /// <summary>A name server that the registry names does not serve the zone.</summary>
    ServerLame,

    /// <summary>A name server that the registry names does not answer.</summary>
    ServerSilent,

    /// <summary>The name of a name server leads to no address.</summary>
    ServerWithoutAddress,

    /// <summary>The zone has one name server only.</summary>
    SingleServer,

    /// <summary>All name servers of the zone are at one address.</summary>
    SingleAddress,

    /// <summary>Resolvers that check DNSSEC refuse the name.</summary>
    DnssecBroken,

    /// <summary>The registry's DS records fit none of the zone's keys.</summary>
    DnssecKeyMismatch,

    /// <summary>A name server serves answers without signatures, though the registry says that the zone is signed.</summary>
    DnssecUnsigned,

    /// <summary>A DNSSEC signature has expired, or is not valid yet.</summary>
    DnssecExpired,

    /// <summary>A DNSSEC signature expires within days.</summary>
    DnssecExpiring,

    /// <summary>CAA records keep our certificate authority from issuing.</summary>
    CaaForbids,

    /// <summary>A CAA record is marked critical and is of a kind that authorities do not know, so that none may issue.</summary>
    CaaCritical,

    /// <summary>A CAA record lets our certificate authority issue under conditions that we may not meet (RFC 8657).</summary>
    CaaRestricted,

    /// <summary>The CAA records could not be read: an authority must not issue then.</summary>
    CaaUnknown,

    /// <summary>A public resolver still gives another answer than the zone's own name servers.</summary>
    ResolverBehind,

    /// <summary>A public resolver fails on the name, DNSSEC or not.</summary>
    ResolverFails,

    /// <summary>A public resolver does not answer.</summary>
    ResolverSilent,

    /// <summary>The zone has a wildcard record: any name below the domain leads somewhere.</summary>
    Wildcard,

    /// <summary>It could not be found out.</summary>
    NotKnown,
}
