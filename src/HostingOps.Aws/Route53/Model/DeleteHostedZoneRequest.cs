namespace Amazon.Route53.Model;

/// <summary>What DeleteHostedZone is asked.</summary>
public sealed class DeleteHostedZoneRequest : AmazonRoute53Request
{
    /// <summary>Creates it empty.</summary>
    public DeleteHostedZoneRequest()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public DeleteHostedZoneRequest(string id)
    {
        Id = id;
    }

    /// <summary>The id, without the path in front that the API sends.</summary>
    public string Id { get; set; } = null!;
}
