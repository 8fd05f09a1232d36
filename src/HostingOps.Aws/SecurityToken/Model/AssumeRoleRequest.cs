using Amazon.Runtime;

namespace Amazon.SecurityToken.Model;

/// <summary>Asks for a session of a role.</summary>
public sealed class AssumeRoleRequest : AmazonWebServiceRequest
{
    /// <summary>What the role's owner may ask callers from another account for.</summary>
    public string? ExternalId { get; set; }

    /// <summary>The role.</summary>
    public string? RoleArn { get; set; }

    /// <summary>The session's name, seen in AWS's logs.</summary>
    public string? RoleSessionName { get; set; }
}
