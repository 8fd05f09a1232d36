namespace Amazon.EC2.Model;

/// <summary>Narrows a listing by a name and the values wanted.</summary>
public sealed class Filter
{
    /// <summary>Creates it empty.</summary>
    public Filter()
    {
    }

    /// <summary>Creates it with these members.</summary>
    public Filter(string name, List<string> values)
    {
        Name = name;
        Values = values;
    }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The values, or null when there are none.</summary>
    public List<string>? Values { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
