using Amazon.Runtime;

namespace Amazon.SecurityToken.Model;

/// <summary>Asks for a session of a role in exchange for a token of an identity provider.</summary>
public sealed class AssumeRoleWithWebIdentityRequest : AmazonWebServiceRequest
{
    /// <summary>The role.</summary>
    public string? RoleArn { get; set; }

    /// <summary>The session's name, seen in AWS's logs.</summary>
    public string? RoleSessionName { get; set; }

    /// <summary>The token.</summary>
    public string? WebIdentityToken { get; set; }
}
