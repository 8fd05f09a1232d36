namespace Amazon.Route53.Model;

/// <summary>What ChangeResourceRecordSets is asked.</summary>
public sealed class ChangeResourceRecordSetsRequest : AmazonRoute53Request
{
    /// <summary>Creates it empty.</summary>
    public ChangeResourceRecordSetsRequest()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public ChangeResourceRecordSetsRequest(string hostedZoneId, ChangeBatch changeBatch)
    {
        HostedZoneId = hostedZoneId;
        ChangeBatch = changeBatch;
    }

    /// <summary>The hosted zone's id.</summary>
    public string HostedZoneId { get; set; } = null!;

    /// <summary>The changes.</summary>
    public ChangeBatch ChangeBatch { get; set; } = null!;
}
