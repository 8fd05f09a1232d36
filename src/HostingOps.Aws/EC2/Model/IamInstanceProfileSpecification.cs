namespace Amazon.EC2.Model;

/// <summary>An IAM profile, by ARN or name.</summary>
public sealed class IamInstanceProfileSpecification
{
    /// <summary>The arn.</summary>
    public string? Arn { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }
}
