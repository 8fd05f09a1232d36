namespace Amazon.Route53.Model;

/// <summary>The AWS service that made a resource, when one did; only it can change the resource.</summary>
public sealed class LinkedService
{
    /// <summary>The service's principal.</summary>
    public string? ServicePrincipal { get; set; }

    /// <summary>Free text.</summary>
    public string? Description { get; set; }
}
