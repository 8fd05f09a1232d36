namespace Amazon.Route53.Model;

/// <summary>Changes that are all made or none.</summary>
public sealed class ChangeBatch
{
    /// <summary>Creates it empty.</summary>
    public ChangeBatch()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public ChangeBatch(List<Change> changes)
    {
        Changes = changes;
    }

    /// <summary>Free text.</summary>
    public string? Comment { get; set; }

    /// <summary>The changes; the same set twice is refused.</summary>
    public List<Change>? Changes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
