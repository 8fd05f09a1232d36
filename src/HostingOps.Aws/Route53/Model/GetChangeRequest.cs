namespace Amazon.Route53.Model;

/// <summary>What GetChange is asked.</summary>
public sealed class GetChangeRequest : AmazonRoute53Request
{
    /// <summary>Creates it empty.</summary>
    public GetChangeRequest()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public GetChangeRequest(string id)
    {
        Id = id;
    }

    /// <summary>The id, without the path in front that the API sends.</summary>
    public string Id { get; set; } = null!;
}
