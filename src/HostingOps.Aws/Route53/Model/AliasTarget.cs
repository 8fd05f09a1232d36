namespace Amazon.Route53.Model;

/// <summary>The AWS resource or record set that an alias answers for.</summary>
public sealed class AliasTarget
{
    /// <summary>Creates it empty.</summary>
    public AliasTarget()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public AliasTarget(string hostedZoneId, string dnsName)
    {
        HostedZoneId = hostedZoneId;
        DNSName = dnsName;
    }

    /// <summary>The hosted zone's id.</summary>
    public string HostedZoneId { get; set; } = null!;

    /// <summary>A DNS name.</summary>
    public string DNSName { get; set; } = null!;

    /// <summary>Follow the target's health.</summary>
    public bool? EvaluateTargetHealth { get; set; }
}
