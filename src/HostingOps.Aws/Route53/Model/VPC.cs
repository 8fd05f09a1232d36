namespace Amazon.Route53.Model;

/// <summary>A VPC that a private hosted zone answers in.</summary>
public sealed class VPC
{
    /// <summary>The VPC's region.</summary>
    public VPCRegion? VPCRegion { get; set; }

    /// <summary>The VPC's id.</summary>
    public string? VPCId { get; set; }
}
