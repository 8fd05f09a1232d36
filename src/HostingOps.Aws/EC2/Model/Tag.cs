namespace Amazon.EC2.Model;

/// <summary>A key and value on a resource.</summary>
public sealed class Tag
{
    /// <summary>Creates it empty.</summary>
    public Tag()
    {
    }

    /// <summary>Creates it with these members.</summary>
    public Tag(string key, string value)
    {
        Key = key;
        Value = value;
    }

    /// <summary>The key.</summary>
    public string? Key { get; set; }

    /// <summary>The value.</summary>
    public string? Value { get; set; }
}
