namespace Amazon.Route53.Model;

/// <summary>How far an accepted change has got.</summary>
public sealed class ChangeInfo
{
    /// <summary>The id, without the path in front that the API sends.</summary>
    public string Id { get; set; } = null!;

    /// <summary>The status.</summary>
    public ChangeStatus Status { get; set; } = null!;

    /// <summary>When the API took the change, UTC.</summary>
    public DateTime? SubmittedAt { get; set; }

    /// <summary>Free text.</summary>
    public string? Comment { get; set; }
}
