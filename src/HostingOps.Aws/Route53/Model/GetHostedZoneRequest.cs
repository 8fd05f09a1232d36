namespace Amazon.Route53.Model;

/// <summary>What GetHostedZone is asked.</summary>
public sealed class GetHostedZoneRequest : AmazonRoute53Request
{
    /// <summary>Creates it empty.</summary>
    public GetHostedZoneRequest()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public GetHostedZoneRequest(string id)
    {
        Id = id;
    }

    /// <summary>The id, without the path in front that the API sends.</summary>
    public string Id { get; set; } = null!;
}
