using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>What an alarm computes.</summary>
public sealed class Statistic : ConstantClass
{
    /// <summary>Average</summary>
    public static readonly Statistic Average = new("Average");

    /// <summary>Maximum</summary>
    public static readonly Statistic Maximum = new("Maximum");

    /// <summary>Minimum</summary>
    public static readonly Statistic Minimum = new("Minimum");

    /// <summary>SampleCount</summary>
    public static readonly Statistic SampleCount = new("SampleCount");

    /// <summary>Sum</summary>
    public static readonly Statistic Sum = new("Sum");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public Statistic(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static Statistic FindValue(string value) => FindValue<Statistic>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator Statistic(string value) => FindValue(value);
}
