namespace Amazon.Route53.Model;

/// <summary>What ListResourceRecordSets is asked.</summary>
public sealed class ListResourceRecordSetsRequest : AmazonRoute53Request
{
    /// <summary>Creates it empty.</summary>
    public ListResourceRecordSetsRequest()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public ListResourceRecordSetsRequest(string hostedZoneId)
    {
        HostedZoneId = hostedZoneId;
    }

    /// <summary>The hosted zone's id.</summary>
    public string HostedZoneId { get; set; } = null!;

    /// <summary>Name at which the page starts.</summary>
    public string? StartRecordName { get; set; }

    /// <summary>Type at which the page starts; needs the name.</summary>
    public RRType? StartRecordType { get; set; }

    /// <summary>SetIdentifier at which the page starts; needs name and type.</summary>
    public string? StartRecordIdentifier { get; set; }

    /// <summary>Most items per page; the API takes and gives it as text.</summary>
    public string? MaxItems { get; set; }
}
