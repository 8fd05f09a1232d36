using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Summaries of status checks.</summary>
public sealed class SummaryStatus : ConstantClass
{
    /// <summary>impaired</summary>
    public static readonly SummaryStatus Impaired = new("impaired");

    /// <summary>initializing</summary>
    public static readonly SummaryStatus Initializing = new("initializing");

    /// <summary>insufficient-data</summary>
    public static readonly SummaryStatus InsufficientData = new("insufficient-data");

    /// <summary>not-applicable</summary>
    public static readonly SummaryStatus NotApplicable = new("not-applicable");

    /// <summary>ok</summary>
    public static readonly SummaryStatus Ok = new("ok");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public SummaryStatus(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static SummaryStatus FindValue(string value) => FindValue<SummaryStatus>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator SummaryStatus(string value) => FindValue(value);
}
