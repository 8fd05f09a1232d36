namespace Amazon.Route53.Model;

/// <summary>What CreateHostedZone is asked.</summary>
public sealed class CreateHostedZoneRequest : AmazonRoute53Request
{
    /// <summary>Creates it empty.</summary>
    public CreateHostedZoneRequest()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public CreateHostedZoneRequest(string name, string callerReference)
    {
        Name = name;
        CallerReference = callerReference;
    }

    /// <summary>The name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>The first VPC of a private zone.</summary>
    public VPC? VPC { get; set; }

    /// <summary>A text of the caller's that makes a repeated creation harmless.</summary>
    public string CallerReference { get; set; } = null!;

    /// <summary>Comment and privacy.</summary>
    public HostedZoneConfig? HostedZoneConfig { get; set; }

    /// <summary>A reusable delegation set.</summary>
    public string? DelegationSetId { get; set; }
}
