namespace Amazon.Route53.Model;

/// <summary>One record set with every field that the API knows, so that a listed set can be sent back verbatim: a DELETE must match the stored set exactly.</summary>
public sealed class ResourceRecordSet
{
    /// <summary>Creates it empty.</summary>
    public ResourceRecordSet()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public ResourceRecordSet(string name, RRType type)
    {
        Name = name;
        Type = type;
    }

    /// <summary>Full name with trailing dot; special characters come back as octal escapes.</summary>
    public string Name { get; set; } = null!;

    /// <summary>The type.</summary>
    public RRType Type { get; set; } = null!;

    /// <summary>Tells apart sets of one name and type that have a routing policy, 1 to 128 characters.</summary>
    public string? SetIdentifier { get; set; }

    /// <summary>Weight of a weighted set, 0 to 255.</summary>
    public long? Weight { get; set; }

    /// <summary>The region.</summary>
    public ResourceRecordSetRegion? Region { get; set; }

    /// <summary>Place of a geolocation set.</summary>
    public GeoLocation? GeoLocation { get; set; }

    /// <summary>Role of a failover set.</summary>
    public ResourceRecordSetFailover? Failover { get; set; }

    /// <summary>A multivalue answer set.</summary>
    public bool? MultiValueAnswer { get; set; }

    /// <summary>Time to live in seconds, 0 to 2147483647; null for an alias.</summary>
    public long? TTL { get; set; }

    /// <summary>The values; null for an alias.</summary>
    public List<ResourceRecord>? ResourceRecords { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The target of an alias; null for other sets.</summary>
    public AliasTarget? AliasTarget { get; set; }

    /// <summary>The health check's id.</summary>
    public string? HealthCheckId { get; set; }

    /// <summary>The traffic policy instance that made the set.</summary>
    public string? TrafficPolicyInstanceId { get; set; }

    /// <summary>CIDR location of the set.</summary>
    public CidrRoutingConfig? CidrRoutingConfig { get; set; }

    /// <summary>Place of a geoproximity set.</summary>
    public GeoProximityLocation? GeoProximityLocation { get; set; }
}
