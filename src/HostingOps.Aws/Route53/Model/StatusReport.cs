namespace Amazon.Route53.Model;

/// <summary>What a checker saw, and when.</summary>
public sealed class StatusReport
{
    /// <summary>The status.</summary>
    public string? Status { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTime? CheckedTime { get; set; }
}
