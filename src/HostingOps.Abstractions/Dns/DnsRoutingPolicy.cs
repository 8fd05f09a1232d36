using System.Globalization;

namespace HostingOps;

/// <summary>
/// How Route 53 chooses between the record sets of one name and type. One kind at a time; the fields are those of the
/// API's ResourceRecordSet, whose documentation says what each may be.
/// </summary>
public sealed record DnsRoutingPolicy
{
    /// <summary>Weight of a weighted set, 0 to 255.</summary>
    public long? Weight { get; init; }

    /// <summary>AWS region of a latency set.</summary>
    public string? Region { get; init; }

    /// <summary><c>PRIMARY</c> or <c>SECONDARY</c> for a failover set.</summary>
    public string? Failover { get; init; }

    /// <summary>True for a multivalue answer set.</summary>
    public bool? MultiValueAnswer { get; init; }

    /// <summary>Continent of a geolocation set, two letters.</summary>
    public string? GeoContinent { get; init; }

    /// <summary>Country of a geolocation set, two letters, or <c>*</c> for anywhere else.</summary>
    public string? GeoCountry { get; init; }

    /// <summary>Subdivision of the country of a geolocation set.</summary>
    public string? GeoSubdivision { get; init; }

    /// <summary>CIDR collection of an IP-based set.</summary>
    public string? CidrCollectionId { get; init; }

    /// <summary>CIDR location of an IP-based set, or <c>*</c>.</summary>
    public string? CidrLocation { get; init; }

    /// <summary>AWS region of a geoproximity set's resource.</summary>
    public string? ProximityRegion { get; init; }

    /// <summary>Local zone group of a geoproximity set's resource.</summary>
    public string? ProximityLocalZoneGroup { get; init; }

    /// <summary>Latitude of a geoproximity set, in degrees as text with two decimals.</summary>
    public string? ProximityLatitude { get; init; }

    /// <summary>Longitude of a geoproximity set, in degrees as text with two decimals.</summary>
    public string? ProximityLongitude { get; init; }

    /// <summary>Bias of a geoproximity set, -99 to 99.</summary>
    public int? ProximityBias { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Parts());

    private IEnumerable<string> Parts()
    {
        (string Name, object? Value)[] fields =
        [
            ("weight", Weight), ("region", Region), ("failover", Failover), ("multivalue", MultiValueAnswer),
            ("continent", GeoContinent), ("country", GeoCountry), ("subdivision", GeoSubdivision),
            ("cidr collection", CidrCollectionId), ("cidr location", CidrLocation),
            ("near", ProximityRegion), ("near", ProximityLocalZoneGroup), ("latitude", ProximityLatitude), ("longitude", ProximityLongitude), ("bias", ProximityBias),
        ];
        return fields.Where(static field => field.Value is not null)
            .Select(static field => string.Create(CultureInfo.InvariantCulture, $"{field.Name} {field.Value}"));
    }
}
