namespace Amazon.Route53.Model;

/// <summary>One value of a record set.</summary>
public sealed class ResourceRecord
{
    /// <summary>Creates it empty.</summary>
    public ResourceRecord()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public ResourceRecord(string value)
    {
        Value = value;
    }

    /// <summary>The value, in presentation form, at most 4,000 characters.</summary>
    public string Value { get; set; } = null!;
}
