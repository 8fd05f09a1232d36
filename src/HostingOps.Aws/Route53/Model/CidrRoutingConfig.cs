namespace Amazon.Route53.Model;

/// <summary>The CIDR location that a record set answers for.</summary>
public sealed class CidrRoutingConfig
{
    /// <summary>The CIDR collection's UUID.</summary>
    public string CollectionId { get; set; } = null!;

    /// <summary>Name of the CIDR location.</summary>
    public string LocationName { get; set; } = null!;
}
