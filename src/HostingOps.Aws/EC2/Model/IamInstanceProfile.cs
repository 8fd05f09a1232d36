namespace Amazon.EC2.Model;

/// <summary>The IAM profile of an instance.</summary>
public sealed class IamInstanceProfile
{
    /// <summary>The arn.</summary>
    public string? Arn { get; set; }

    /// <summary>The id.</summary>
    public string? Id { get; set; }
}
