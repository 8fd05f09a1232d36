using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What ListResourceRecordSets answers.</summary>
public sealed class ListResourceRecordSetsResponse : AmazonWebServiceResponse
{
    /// <summary>The record sets of this page, sorted by reversed labels.</summary>
    public List<ResourceRecordSet>? ResourceRecordSets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>There are further pages.</summary>
    public bool? IsTruncated { get; set; }

    /// <summary>StartRecordName of the next page.</summary>
    public string? NextRecordName { get; set; }

    /// <summary>StartRecordType of the next page.</summary>
    public RRType? NextRecordType { get; set; }

    /// <summary>StartRecordIdentifier of the next page.</summary>
    public string? NextRecordIdentifier { get; set; }

    /// <summary>Most items per page; the API takes and gives it as text.</summary>
    public string MaxItems { get; set; } = null!;
}
