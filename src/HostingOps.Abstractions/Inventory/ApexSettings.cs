namespace HostingOps;

/// <summary>The redirector of the bare domains.</summary>
public sealed record ApexSettings
{
    /// <summary>The Elastic IP that all bare domains point to.</summary>
    public required string ElasticIp { get; init; }

    /// <summary>EC2 instance type of a replacement, for example <c>t3.micro</c>, or null.</summary>
    public string? InstanceType { get; init; }

    /// <summary>EC2 key pair of a replacement, or null.</summary>
    public string? KeyName { get; init; }

    /// <summary>EC2 security group of a replacement, or null.</summary>
    public string? SecurityGroup { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ElasticIp;
}
