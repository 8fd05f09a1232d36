using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Whether the metadata service asks for tokens.</summary>
public sealed class HttpTokensState : ConstantClass
{
    /// <summary>optional</summary>
    public static readonly HttpTokensState Optional = new("optional");

    /// <summary>required</summary>
    public static readonly HttpTokensState Required = new("required");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public HttpTokensState(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static HttpTokensState FindValue(string value) => FindValue<HttpTokensState>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator HttpTokensState(string value) => FindValue(value);
}
