namespace Amazon.Route53.Model;

/// <summary>A name and value that narrow a CloudWatch metric.</summary>
public sealed class Dimension
{
    /// <summary>The name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>The value, in presentation form, at most 4,000 characters.</summary>
    public string Value { get; set; } = null!;
}
