using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>What to do with a record set. DELETE with CREATE in one batch is a compare-and-swap; UPSERT writes blindly.</summary>
public sealed class ChangeAction : ConstantClass
{
    /// <summary>CREATE</summary>
    public static readonly ChangeAction CREATE = new("CREATE");

    /// <summary>DELETE</summary>
    public static readonly ChangeAction DELETE = new("DELETE");

    /// <summary>UPSERT</summary>
    public static readonly ChangeAction UPSERT = new("UPSERT");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public ChangeAction(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static ChangeAction FindValue(string value) => FindValue<ChangeAction>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator ChangeAction(string value) => FindValue(value);
}
