namespace Amazon.Route53.Model;

/// <summary>The four name servers that answer for a hosted zone.</summary>
public sealed class DelegationSet
{
    /// <summary>Creates it empty.</summary>
    public DelegationSet()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public DelegationSet(List<string> nameServers)
    {
        NameServers = nameServers;
    }

    /// <summary>The id, without the path in front that the API sends.</summary>
    public string? Id { get; set; }

    /// <summary>A text of the caller's that makes a repeated creation harmless.</summary>
    public string? CallerReference { get; set; }

    /// <summary>Names of the name servers.</summary>
    public List<string>? NameServers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
