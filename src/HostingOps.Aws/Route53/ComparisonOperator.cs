using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>How an alarm compares.</summary>
public sealed class ComparisonOperator : ConstantClass
{
    /// <summary>GreaterThanOrEqualToThreshold</summary>
    public static readonly ComparisonOperator GreaterThanOrEqualToThreshold = new("GreaterThanOrEqualToThreshold");

    /// <summary>GreaterThanThreshold</summary>
    public static readonly ComparisonOperator GreaterThanThreshold = new("GreaterThanThreshold");

    /// <summary>LessThanOrEqualToThreshold</summary>
    public static readonly ComparisonOperator LessThanOrEqualToThreshold = new("LessThanOrEqualToThreshold");

    /// <summary>LessThanThreshold</summary>
    public static readonly ComparisonOperator LessThanThreshold = new("LessThanThreshold");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public ComparisonOperator(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static ComparisonOperator FindValue(string value) => FindValue<ComparisonOperator>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator ComparisonOperator(string value) => FindValue(value);
}
