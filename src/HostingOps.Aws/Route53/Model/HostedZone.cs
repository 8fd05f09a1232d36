namespace Amazon.Route53.Model;

/// <summary>A container of records for one domain.</summary>
public sealed class HostedZone
{
    /// <summary>Creates it empty.</summary>
    public HostedZone()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public HostedZone(string id, string name, string callerReference)
    {
        Id = id;
        Name = name;
        CallerReference = callerReference;
    }

    /// <summary>The id, without the path in front that the API sends.</summary>
    public string Id { get; set; } = null!;

    /// <summary>The name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>A text of the caller's that makes a repeated creation harmless.</summary>
    public string CallerReference { get; set; } = null!;

    /// <summary>Comment and privacy.</summary>
    public HostedZoneConfig? Config { get; set; }

    /// <summary>How many record sets the zone has.</summary>
    public long? ResourceRecordSetCount { get; set; }

    /// <summary>The AWS service that made it, if one did.</summary>
    public LinkedService? LinkedService { get; set; }

    /// <summary>Features switched on.</summary>
    public HostedZoneFeatures? Features { get; set; }
}
