namespace Amazon.Route53.Model;

/// <summary>What ListHealthChecks is asked.</summary>
public sealed class ListHealthChecksRequest : AmazonRoute53Request
{
    /// <summary>Where the page starts; null for the first.</summary>
    public string? Marker { get; set; }

    /// <summary>Most items per page; the API takes and gives it as text.</summary>
    public string? MaxItems { get; set; }
}
